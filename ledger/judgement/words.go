package judgement

import (
	"strings"

	"carbonledger/ledger"
	"carbonledger/ledger/judgement/accounts"
	"carbonledger/quantity"
)

// movements name what an amount did, by the role it went to.
var movements = map[ledger.Role]struct{ en, zh string }{
	ledger.Use:       {" used", "消费"},
	ledger.Stock:     {" bought", "购进"},
	ledger.Feedstock: {" used as feedstock", "用作原材料"},
	ledger.Convert:   {" put into conversion", "加工转换投入"},
	ledger.Product:   {" made", "产出"},
	ledger.Sale:      {" sold", "外供"},
	ledger.Loss:      {" lost", "损失"},
}

// named says in English and Chinese which account and period is meant:
// "electricity used, Shop (S-1), site 1F, 2022-03" and "示例公司（S-1）场所“1F”2022-03电力消费".
func (x *index) named(f ledger.Flow) (en, zh string) {
	commodity, movement := x.commodity(f.Commodity), movements[f.To]
	if commodity.Class.Denominator() {
		movement.en, movement.zh = "", ""
	}
	en, zh = x.owner(f.Entity)
	en = commodity.NameEN + movement.en + ", " + en
	if f.Site != "" {
		en += ", site " + f.Site
		zh += "场所“" + f.Site + "”"
	}
	if f.Counterparty != "" {
		otherEN, otherZH := x.owner(f.Counterparty)
		en += ", with " + otherEN
		zh += "（对方：" + otherZH + "）"
	}
	if !f.Period.IsZero() {
		en += ", " + spanText(f.Period)
		zh += spanZH(f.Period)
	}
	return en, zh + commodity.NameZH + movement.zh
}

// account names an account.
func (x *index) account(a *accounts.Account) (en, zh string) {
	return x.named(x.own.Flow(a, quantity.Period{}))
}

// owner names an entity by its name and id, as far as they are known.
func (x *index) owner(id string) (en, zh string) {
	name := x.entity(id).Name
	if name == "" {
		return id, id
	}
	return name + " (" + id + ")", name + "（" + id + "）"
}

// spanText prints a period as people write it, with its last month or day included:
// 2022-01~2022-05, 2022-03-06~2022-03-08.
func spanText(period quantity.Period) string {
	text := period.String()
	if !strings.Contains(text, "/") {
		return text
	}
	last := quantity.Period{First: period.End - 1, End: period.End}
	if !accounts.IsMonths(period) {
		return period.First.String() + "~" + last.String()
	}
	monthFirst, _ := quantity.Period{First: period.First, End: period.First + 1}.MonthText()
	monthLast, _ := last.MonthText()
	return monthFirst + "~" + monthLast
}

// spanZH is spanText with 年 behind a whole year.
func spanZH(period quantity.Period) string {
	if period == quantity.Year(period.Year()) {
		return spanText(period) + "年"
	}
	return spanText(period)
}

type unitKey struct{ commodity, text string }

// writtenUnit is a unit as a row has it, with its size in book units.
type writtenUnit struct {
	unit    quantity.Unit
	perUnit quantity.Number
	ok      bool
}

// unit finds the unit at the end of a figure as written.
func (w *weigher) unit(f accounts.Figure, commodity string) writtenUnit {
	return w.unitBehind(commodity, w.own.Written(f))
}

// unitBehind finds the longest text behind a blank that is a unit of the commodity.
func (w *weigher) unitBehind(commodity, written string) writtenUnit {
	for at, letter := range written {
		if letter != ' ' {
			continue
		}
		if found := w.unitText(commodity, strings.TrimSpace(written[at:])); found.ok {
			return found
		}
	}
	return writtenUnit{}
}

func (w *weigher) unitText(commodity, text string) writtenUnit {
	key := unitKey{commodity, text}
	if found, ok := w.units[key]; ok {
		return found
	}
	var found writtenUnit
	if unit, err := quantity.ParseUnit(text); err == nil {
		perUnit, _, err := w.commodity(commodity).Accept(unit)
		found = writtenUnit{unit, perUnit, err == nil && !perUnit.IsZero()}
	}
	w.units[key] = found
	return found
}

// shown prints an amount in the unit of a row where it has finitely many decimals in it, and in the
// book unit otherwise: nothing is rounded.
func (x *index) shown(n quantity.Number, commodity string, u writtenUnit) string {
	if u.ok {
		if counted, ok := quantity.RatioOf(n, u.perUnit).Exact(); ok {
			return counted.String() + " " + u.unit.Symbol
		}
	}
	return n.String() + " " + x.commodity(commodity).Unit.Symbol
}
