package main

import (
	"fmt"
	"strconv"
)

// economy is what the statistics office says of a year.
type economy struct {
	year           int
	gdp, secondary int64 // million yuan, shown as 亿元 with two decimals
	population     int64 // hundred persons, shown as 万人 with two decimals
}

// economies are made up but for 2022: GDP is published, with a structure of 0 : 66.5 : 33.5.
var economies = []economy{
	{2020, 39_286, 26_243, 3600},
	{2021, 42_418, 28_293, 3608},
	{2022, 44_337, 29_484, 3612},
	{2023, 46_421, 30_684, 3618},
	{2024, 48_742, 32_072, 3621},
	{2025, 51_130, 33_490, 3625},
}

const yearPublished = 2022

// economyFile holds GDP, population and land area, each published in the next spring.
func economyFile() file {
	lines := []string{"area,indicator,period,value,unit,vintage,source"}
	for _, e := range economies {
		whole, parts := "made up", "made up"
		if e.year == yearPublished {
			whole = "published"
			parts = "computed from the published GDP and its published structure 0 : 66.5 : 33.5"
		}
		add := func(indicator, value, unit, source string) {
			lines = append(lines, line("360104", indicator, strconv.Itoa(e.year), value, unit,
				fmt.Sprintf("%d-03-31", e.year+1), source))
		}
		add("gdp", decimal(e.gdp, 2), "亿元", whole)
		add("gdp-primary", "0", "亿元", parts)
		add("gdp-secondary", decimal(e.secondary, 2), "亿元", parts)
		add("gdp-tertiary", decimal(e.gdp-e.secondary, 2), "亿元", parts)
		add("population", decimal(e.population, 2), "万人", "made up")
		add("land-area", "43.2", "km2", "rounded, given for the example")
	}
	return file{"economy.csv", []byte(text(lines, "\n"))}
}
