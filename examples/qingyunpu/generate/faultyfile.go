package main

// faultyFile is an upload of a newcomer with good rows and one row of each of eight faults. It is
// no part of the calibrated totals.
func faultyFile() file {
	id := code(newcomer)
	wrong := id[:len(id)-1] + "0"
	if wrong == id {
		wrong = id[:len(id)-1] + "1"
	}
	row := func(entity, period, role, commodity, quantity, unit, document string) string {
		return line(entity, "", period, role, commodity, quantity, unit, "", "", document,
			"made up")
	}
	lines := []string{
		headerEnglish,
		row(id, "2025-01", "use", "electricity", "412300", "kWh", "FAULTY-01"),
		row(id, "2025-01", "use", "natural-gas", "18250", "Nm3", "FAULTY-02"),
		row(id, "2025-01", "use", "fresh-water", "6120", "m3", "FAULTY-03"),
		row(id, "2025-02", "use", "electricity", "356.7", "MWh", "FAULTY-04"),
		row(id, "2025-02", "use", "natural-gas", "1e5", "Nm3", "FAULTY-05"),
		row(id, "2025-05", "use", "electricity", "9100", "斤", "FAULTY-06"),
		row(id, "2025-02", "use", "phlogiston", "12.5", "t", "FAULTY-07"),
		row(id, "2025-02", "use", "fresh-water", "5480", "m3", "FAULTY-08"),
		row(wrong, "2025-03", "use", "diesel", "3.2", "t", "FAULTY-09"),
		row(id, "2025-13", "use", "diesel", "3.1", "t", "FAULTY-10"),
		row(id, "2025-03", "use", "electricity", "401800", "kWh", "FAULTY-11"),
		row(id, "2025-01", "use", "electricity", "412300", "kWh", "FAULTY-01"),
		row(id, "2025-03", "use", "natural-gas", "", "Nm3", "FAULTY-13"),
		row(id, "2025-03", "burn", "lpg", "0.8", "t", "FAULTY-14"),
		row(id, "2025-03", "use", "fresh-water", "5990", "m3", "FAULTY-15"),
		row(id, "2025-03", "use", "diesel", "3.05", "t", "FAULTY-16"),
		row(id, "2025-04", "use", "electricity", "39.62", "万kWh", "FAULTY-17"),
		row(id, "2025-04", "use", "fresh-water", "5730", "m3", "FAULTY-18"),
	}
	return file{"faulty/upload-with-faults.csv", []byte(text(lines, "\n"))}
}
