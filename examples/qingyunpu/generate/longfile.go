package main

import "fmt"

// The headers of the long file: English in even years, Chinese in odd ones.
const (
	headerEnglish = "entity,site,period,role,commodity,quantity,unit," +
		"counterparty,absence,document,source"
	headerChinese = "统一社会信用代码,场所,期间,用途,品种,数量,单位," +
		"对方单位,缺失说明,凭证号,数据来源"
)

// longFile holds what is reported neither on form 205-1 nor on a meter sheet.
func longFile(year int, readings []reading) file {
	lines := []string{headerEnglish}
	row := rowEnglish
	if year%2 == 1 {
		lines[0] = headerChinese
		row = rowChinese
	}
	for _, r := range readings {
		if inLong(r) {
			lines = append(lines, row(year, r))
		}
	}
	return file{fmt.Sprintf("long/activities-%d.csv", year), []byte(text(lines, "\n"))}
}

// inLong says whether a reading belongs to the long file.
func inLong(r reading) bool {
	switch r.unit.channel {
	case form:
		return r.carrier == water || r.carrier == solar
	case meters:
		return false
	}
	return true
}

func rowEnglish(year int, r reading) string {
	m := measureOf(r)
	return line(code(r.unit.number), site(r), fmt.Sprintf("%d-%02d", year, r.month), "use",
		abouts[r.carrier].id, quantity(r, m), m.english, "", r.absence, document(year, r),
		"made up")
}

func rowChinese(year int, r reading) string {
	m := measureOf(r)
	return line(code(r.unit.number), site(r), fmt.Sprintf("%d年%d月", year, r.month), "",
		abouts[r.carrier].chinese, quantity(r, m), m.chinese, "", r.absence, document(year, r),
		"虚构")
}

// measureOf lets the units of measure take turns, so that every spelling occurs.
func measureOf(r reading) measure {
	all := abouts[r.carrier].measures
	return all[r.unit.number%len(all)]
}

// quantity is empty where there is none; a true zero is written.
func quantity(r reading, m measure) string {
	if r.steps == 0 && r.absence != "zero" {
		return ""
	}
	return decimal(r.steps, m.places)
}

// site tells the cars of households from their homes.
func site(r reading) string {
	switch {
	case r.unit.class != home:
		return ""
	case r.carrier == gasoline || r.carrier == diesel:
		return "机动车"
	}
	return "家庭"
}

// document is the number of an invoice that nobody wrote.
func document(year int, r reading) string {
	return fmt.Sprintf("FICT-%d%02d-%03d-%d", year, r.month, r.unit.number, r.carrier)
}
