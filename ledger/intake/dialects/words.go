package dialects

import (
	"slices"
	"strings"
	"sync"

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

// ReadRole reads a role in either language.
func ReadRole(text string) (ledger.Role, bool) {
	if role, ok := roleWords[text]; ok {
		return role, true
	}
	return ledger.ParseRole(strings.ToLower(text))
}

// ReadAbsence reads why a figure is not there, in either language.
func ReadAbsence(text string) (ledger.Absence, bool) {
	if absence, ok := absenceWords[text]; ok {
		return absence, true
	}
	return ledger.ParseAbsence(strings.ToLower(text))
}

// IsTotal says whether a name is that of a row that repeats others: 合计, 合 计, 能源合计.
func (d Dialect) IsTotal(name string) bool {
	return name != "" && len(d.totals) > 0 && d.totals[table.Key(name)]
}

// IsNote says whether a row says nothing countable: a footnote or the source of the table.
func (d Dialect) IsNote(row table.Row) bool {
	first := row.Cell(0).Text
	return first != "" && slices.ContainsFunc(d.notes, func(begin string) bool {
		return strings.HasPrefix(first, begin)
	})
}

// tokens are the words that stand in the place of a figure, in every dialect, and what they say. A
// dash or stroke says no more than an empty cell, and the column decides what that is. 无 says that
// the thing does not occur; 暂无, 免报 and N/A that a figure may exist and is not here, which leaves
// a gap wherever they stand. In the yearbooks … is a figure too small to print: a gap as well.
var tokens = sync.OnceValue(func() map[string]ledger.Absence {
	list := map[string]ledger.Absence{}
	for absence, spellings := range tokenSpellings {
		for _, word := range spellings {
			list[table.Key(word)] = absence
		}
	}
	return list
})

var tokenSpellings = map[ledger.Absence][]string{
	ledger.Present: {"-", "--", "—", "——", "–", "―", "−", "/", `\`},
	ledger.Missing: {"…", "……", "N/A", "NA", "n.a.", "Not Available", "null", "暂无", "暂缺", "缺", "缺失",
		"缺报", "未报", "免报", "不详", "未知", "无数据", "无法提供", "待补"},
	ledger.NotOccurring: {"无", "没有", "未发生", "不适用"},
	ledger.Confidential: {"保密", "涉密"},
}

// tokenMax is the length of the longest token in bytes, and a little for blanks.
const tokenMax = 20

// ReadToken returns what a word in the place of a figure says.
func ReadToken(cell string) (ledger.Absence, bool) {
	if cell == "" || len(cell) > tokenMax || '0' <= cell[0] && cell[0] <= '9' {
		return "", false
	}
	absence, ok := tokens()[table.Key(cell)]
	return absence, ok
}

// IsMissing says whether a cell stands for a figure nobody has: it is empty, or holds a word that
// the dialect or every dialect reads so.
func (d Dialect) IsMissing(cell string) bool {
	if cell == "" || d.missing[cell] {
		return true
	}
	_, ok := ReadToken(cell)
	return ok
}

// Absence says what a cell without a figure says of its own; Present where no more than an empty
// cell does, as the words do that the dialect lists.
func (d Dialect) Absence(cell string) ledger.Absence {
	if cell == "" || d.missing[cell] {
		return ledger.Present
	}
	absence, _ := ReadToken(cell)
	return absence
}
