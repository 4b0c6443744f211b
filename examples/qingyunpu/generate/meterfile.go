package main

import "fmt"

// headerMeters is that of a sheet as an energy manager keeps it.
const headerMeters = "企业代码,表计,月份,用电量(万kWh),天然气(万m3),自来水(m3),热力(GJ)"

// meterColumns are the carriers of the sheet with the decimals that show one step.
var meterColumns = []struct {
	carrier carrier
	places  int
}{{electricity, 4}, {gas, 4}, {water, 0}, {heat, 2}}

// metersFile is a wide sheet as Excel saves it: UTF-8 with a byte order mark, CRLF.
func metersFile(year int, readings []reading) file {
	lines := []string{headerMeters}
	for month := 1; month <= 12; month++ {
		for _, u := range meterUnits {
			own := ofMonth(readings, u, month)
			for i, meter := range metersOf(u) {
				cells := []string{code(u.number), meter, fmt.Sprintf("%d-%02d", year, month)}
				for _, c := range meterColumns {
					cells = append(cells, meterCell(own[c.carrier], i, month, c.places))
				}
				lines = append(lines, line(cells...))
			}
		}
	}
	path := fmt.Sprintf("meters/meters-%d.csv", year)
	return file{path, []byte("\uFEFF" + text(lines, "\r\n"))}
}

// metersOf names the meters of a unit.
func metersOf(u unit) []string {
	if u.number == hospital {
		return []string{"门诊楼", "住院楼"}
	}
	return []string{"总表"}
}

// meterCell is the part of a reading that one meter shows. Every second month has thousands marks.
func meterCell(r reading, meter, month, places int) string {
	if r.absence == "missing" {
		return "—"
	}
	steps := r.steps
	if r.unit.number == hospital {
		first := r.steps * 2 / 5
		steps = []int64{first, r.steps - first}[meter]
	}
	cell := decimal(steps, places)
	if month%2 == 1 {
		return marked(cell)
	}
	return cell
}

// ofMonth returns the readings of a unit in a month by carrier.
func ofMonth(readings []reading, u unit, month int) [carriers]reading {
	var own [carriers]reading
	for _, r := range readings {
		if r.unit.number == u.number && r.month == month {
			own[r.carrier] = r
		}
	}
	return own
}
