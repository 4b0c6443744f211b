package intake_test

import (
	"slices"
	"testing"
)

// TestHeadersThatSayAll reads commodity and unit out of headers.
func TestHeadersThatSayAll(t *testing.T) {
	wide := shipped(t, "wide")
	for _, c := range []struct{ header, want string }{
		{"电(kWh)", "electricity 2024-03 2"}, {"电（万kWh）", "electricity 2024-03 20000"},
		{"用电量（万千瓦时）", "electricity 2024-03 20000"}, {"电力[MWh]", "electricity 2024-03 2000"},
		{"Electricity [kWh]", "electricity 2024-03 2"},
		{"electricity_kWh", "electricity 2024-03 2"},
		{"电 kWh", "electricity 2024-03 2"}, {"电，kWh", "electricity 2024-03 2"},
		{"天然气/万Nm³", "natural-gas 2024-03 20000"}, {"用气量(Nm3)", "natural-gas 2024-03 2"},
		{"柴油 t", "diesel 2024-03 2000"}, {"Water (m3)", "fresh-water 2024-03 2000"},
		{"热力(百万千焦)", "heat 2024-03 2000000"}, {"工业总产值(万元)", "gross-output 2024-03 20000"},
		{"电", "column.unit"}, {"电(斤)", "column.unit"}, {"电(kBtu)", "column.unit"},
		{"柴油(L)", "column.unit"}, {"燃气(m3)", "commodity.ambiguous"},
	} {
		other := "汽油(t)"
		got := readWith(t, wide, "企业代码,期间,"+c.header+","+other+"\nplant,2024-03,2,1\n")
		if len(got) == 0 || got[0] != c.want {
			t.Errorf("%s: %q, want %q", c.header, got, c.want)
		}
	}
}

// TestWideTables: what a wide table says twice, not at all, or beside its figures.
func TestWideTables(t *testing.T) {
	const plant = "\nplant,2024-03,"
	cases := []struct {
		name, dialect, text string
		want                []string
	}{
		{"one commodity in two units", "wide", "企业代码,期间,电(kWh),电力(MWh)" + plant + "1000,1\n",
			[]string{"column.same"}},
		{"figures that nobody reads are told, words and gaps are not", "wide",
			"企业代码,期间,电(kWh),电费(元),备注,空" + plant + "1000,650,正常,\n",
			[]string{"electricity 2024-03 1000", "column.money"}},
		{"no period anywhere", "wide", "企业代码,电(kWh)\nplant,1000\n", []string{"column.period"}},
		{"the year above the months", "wide", "2023年台账\n企业代码,月份,电(kWh)\nplant,3月,7\n",
			[]string{"electricity 2023-03 7"}},
		{"months across, the year in a column", "wide-periods",
			"企业代码,品种,单位,年份,1月,2月,合计\nplant,电力,kWh,2023,1,2,3\n",
			[]string{"electricity 2023-01 1", "electricity 2023-02 2"}},
		{"years across, the unit behind the name", "wide-periods",
			"企业代码,品种,2022年,2023年\nplant,电力(万kWh),1,2\n",
			[]string{"electricity 2022 10000", "electricity 2023 20000"}},
		{"682.4 kBtu are 200 kWh", "portfolio-manager", "Property Id,Year Ending," +
			"Electricity Use - Grid Purchase (kBtu),Electricity Use - Grid Purchase (kWh)\n" +
			"1,12/31/2022,682.4,200\n", []string{"electricity 2022 200"}},
		{"700 kBtu are not", "portfolio-manager", "Property Id,Year Ending," +
			"Electricity Use - Grid Purchase (kBtu),Electricity Use - Grid Purchase (kWh)\n" +
			"1,12/31/2022,700,200\n", []string{"electricity 2022 200", "unit.twice"}},
		{"12 months that end in February of a leap year", "portfolio-manager",
			"Property Id,Year Ending,Electricity Use - Grid Purchase (kWh)\n1,2/29/2024,200\n",
			[]string{"electricity 2023-03-01/2024-03-01 200"}},
		{"a flag makes an estimate", "portfolio-manager",
			"Property Id,Year Ending,Natural Gas Use (therms),Estimated Data Flag - Natural Gas\n" +
				"1,12/31/2022,1,Yes\n",
			[]string{"natural-gas-gross 2022 105505.585262 estimated"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := readWith(t, shipped(t, c.dialect), c.text); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}
