package intake

import (
	"slices"
	"strings"

	"carbonledger/ledger"
	"carbonledger/table"
)

// roleWords and absenceWords are the Chinese words of the canonical form.
var (
	roleWords = map[string]ledger.Role{
		"消费": ledger.Use, "使用": ledger.Use, "燃料": ledger.Use, "消费量": ledger.Use,
		"原料": ledger.Feedstock, "原材料": ledger.Feedstock, "用于原材料": ledger.Feedstock,
		"加工转换": ledger.Convert, "转换投入": ledger.Convert,
		"产出": ledger.Product, "产品": ledger.Product, "加工转换产出": ledger.Product,
		"外供": ledger.Sale, "销售": ledger.Sale, "损失": ledger.Loss, "损耗": ledger.Loss,
		"购进": ledger.Supply, "购入": ledger.Supply,
	}
	absenceWords = map[string]ledger.Absence{
		"零": ledger.Present, "缺失": ledger.Missing, "缺": ledger.Missing,
		"未发生": ledger.NotOccurring, "不存在": ledger.NotOccurring,
		"已含在他处": ledger.IncludedElsewhere, "估计": ledger.Estimated, "估算": ledger.Estimated,
		"保密": ledger.Confidential,
	}
)

func readRole(text string) (ledger.Role, bool) {
	if role, ok := roleWords[text]; ok {
		return role, true
	}
	return ledger.ParseRole(strings.ToLower(text))
}

func readAbsence(text string) (ledger.Absence, bool) {
	if absence, ok := absenceWords[text]; ok {
		return absence, true
	}
	return ledger.ParseAbsence(strings.ToLower(text))
}

// isTotal says whether a name is that of a row that repeats others: 合计, 合 计, 能源合计.
func (d Dialect) isTotal(name string) bool {
	return slices.ContainsFunc(
		d.Totals,
		func(t string) bool { return table.Key(t) == table.Key(name) },
	)
}

// isMissing says whether a cell stands for a figure nobody has.
func (d Dialect) isMissing(cell string) bool {
	return cell == "" || slices.ContainsFunc(
		d.Missing,
		func(token string) bool { return table.Fold(token) == cell },
	)
}

// isNote says whether a row says nothing countable: a footnote or the source of the table.
func (d Dialect) isNote(row table.Row) bool {
	return slices.ContainsFunc(d.Notes, func(begin string) bool {
		return strings.HasPrefix(row.Cell(0).Text, table.Fold(begin))
	})
}

// creditCodeAlphabet and creditCodeWeights are those of GB 32100-2015: 31 letters without I, O, S,
// V, Z; the weight of position i is 3^(i-1) mod 31.
const creditCodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditCodeLength is the length of a 统一社会信用代码.
const creditCodeLength = 18

// creditCodeNever are the letters no 统一社会信用代码 has, because they look like others.
const creditCodeNever = "IOSVZ"

// creditCode checks an id that has the length of a 统一社会信用代码 and returns the code of the fault
// with the check character it should end with, or with the letter it should not have. Ids of other
// lengths are not credit codes and pass.
//
//	check = (31 - sum(value_i x 3^(i-1)) mod 31) mod 31, i = 1..17
func creditCode(id string) (code, arg string) {
	if len(id) != creditCodeLength || strings.Trim(id, creditCodeAlphabet+creditCodeNever) != "" {
		return "", ""
	}
	if at := strings.IndexAny(id, creditCodeNever); at >= 0 {
		return "entity.letter", id[at : at+1]
	}
	sum, weight := 0, 1
	for _, letter := range id[:creditCodeLength-1] {
		sum += strings.IndexRune(creditCodeAlphabet, letter) * weight
		weight = weight * 3 % 31
	}
	if want := string(creditCodeAlphabet[(31-sum%31)%31]); want != id[creditCodeLength-1:] {
		return "entity.check", want
	}
	return "", ""
}
