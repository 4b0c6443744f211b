package main

import (
	"fmt"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// headerForm is that of form 205-1 as the bureau exports it.
const headerForm = "统一社会信用代码,单位详细名称,能源名称,计量单位,代码,年初库存量,购进量," +
	"其中：购自省外,购进金额(千元),消费量合计,工业生产消费量,其中：用于原材料,非工业生产消费量," +
	"合计中：运输工具消费,期末库存量,采用折标系数,参考折标系数"

// formItem is a line of the form.
type formItem struct {
	carrier   carrier
	name      string
	measure   string
	places    int
	code      string
	stocked   bool
	milliyuan int64 // price of one step
	outside   int64 // percent bought outside the province
	other     int64 // percent used for other than industrial production
	transport int64 // percent used by vehicles
	// adopted and reference are tce per unit of the form. Heat is adopted with the five decimals
	// of GB/T 2589-2020 where the form prints four.
	adopted, reference string
}

var formItems = []formItem{
	{coal, "一般烟煤", "吨", 3, "04", true, 1050, 60, 0, 0, "0.7143", "0.7143"},
	{coke, "焦炭", "吨", 3, "09", true, 2900, 40, 0, 0, "0.9714", "0.9714"},
	{gas, "天然气(气态)", "万立方米", 4, "15", false, 3400, 100, 2, 0, "13.3000", "13.3000"},
	{gasoline, "汽油", "吨", 3, "19", true, 9200, 0, 100, 100, "1.4714", "1.4714"},
	{diesel, "柴油", "吨", 3, "21", true, 8100, 0, 40, 40, "1.4571", "1.4571"},
	{lpg, "液化石油气", "吨", 3, "23", true, 5800, 0, 0, 0, "1.7143", "1.7143"},
	{heat, "热力", "百万千焦", 2, "32", false, 620, 0, 5, 0, "0.03412", "0.0341"},
	{electricity, "电力", "万千瓦时", 4, "33", false, 680, 0, 3, 0, "1.2290", "1.2290"},
}

// account is what a unit reports of one carrier since 1 January, in steps.
type account struct {
	opening, bought, used, other, closing int64
}

// accounts are the accounts of one unit.
type accounts [carriers]account

// openingStocks returns the accounts of all units of the form at the end of 2019: stocks for about
// a month.
func openingStocks() map[int]*accounts {
	all := map[int]*accounts{}
	for _, u := range formUnits {
		own := &accounts{}
		for _, item := range formItems {
			if item.stocked {
				annual := u.uses[item.carrier] * abouts[item.carrier].thousand
				own[item.carrier].closing = annual / 12
			}
		}
		all[u.number] = own
	}
	return all
}

// formFiles returns the twelve reports of a year; quantities are cumulative from January.
func formFiles(year int, readings []reading, stocks map[int]*accounts, c *chance) []file {
	for _, own := range stocks {
		for k := range own {
			own[k] = account{opening: own[k].closing, closing: own[k].closing}
		}
	}
	var all []file
	for month := 1; month <= 12; month++ {
		lines := []string{"能源购进、消费与库存", "表号：205-1表",
			fmt.Sprintf("%d年1—%d月", year, month), "", headerForm}
		for _, u := range formUnits {
			own := stocks[u.number]
			read := ofMonth(readings, u, month)
			for _, item := range formItems {
				own[item.carrier].add(read[item.carrier].steps, item, c)
			}
			lines = append(lines, formLines(u, own)...)
		}
		lines = append(lines, "注：本表为虚构示例数据，数量为1—本月累计数。")
		all = append(all, file{fmt.Sprintf("205-1/%d-%02d.csv", year, month), encoded(lines)})
	}
	return all
}

// add books a month. What is stocked is bought in whole tonnes, up to about a month's use.
func (a *account) add(steps int64, item formItem, c *chance) {
	bought := steps
	if item.stocked && steps > 0 {
		const tonne = 1000
		wanted := steps*c.around(300)/1000 + steps - a.closing
		bought = (max(wanted, 0) + tonne - 1) / tonne * tonne
	}
	a.used += steps
	a.other += steps * item.other / 100
	a.bought += bought
	a.closing += bought - steps
	if a.closing < 0 || a.opening+a.bought-a.used != a.closing {
		panic("the stock of " + item.name + " does not balance")
	}
}

// formLines are the lines of one unit with its total.
func formLines(u unit, own *accounts) []string {
	var lines []string
	var energy int64
	for _, item := range formItems {
		if u.uses[item.carrier] == 0 {
			continue
		}
		lines = append(lines, formLine(u, item, own[item.carrier]))
		energy += own[item.carrier].used * abouts[item.carrier].coal
	}
	// 0.0001 kgce are 10^-7 tce; the form shows two decimals.
	const perCent = 100_000
	sum := decimal((energy+perCent/2)/perCent, 2)
	return append(lines, line(code(u.number), u.name, "能源合计", "吨标准煤", "40",
		"", "", "", "", sum, "", "", "", "", "", "", ""))
}

func formLine(u unit, item formItem, a account) string {
	show := func(steps int64) string { return decimal(steps, item.places) }
	thousandYuan := (a.bought*item.milliyuan + 500_000) / 1_000_000
	return line(code(u.number), u.name, item.name, item.measure, item.code,
		show(a.opening), show(a.bought), show(a.bought*item.outside/100),
		decimal(thousandYuan, 0), show(a.used), show(a.used-a.other), show(0), show(a.other),
		show(a.other*item.transport/max(item.other, 1)), show(a.closing),
		item.adopted, item.reference)
}

// encoded writes lines as the bureau's software does: GB18030 and CRLF.
func encoded(lines []string) []byte {
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text(lines, "\r\n")))
	if err != nil {
		panic(err) // every character of the form is in GB18030
	}
	return data
}
