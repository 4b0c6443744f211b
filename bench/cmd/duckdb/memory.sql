-- Quantities of a kind are summed first: fewer rows are joined and multiplied.
COPY (
	SELECT entity, period, scope, sum(quantity::DECIMAL(18,4) * kg) AS kg
	FROM (
		SELECT entity, period, commodity, unit, sum(quantity) AS quantity
		FROM read_csv({rows}, auto_detect = false, header = true, delim = ',', quote = '"',
			escape = '"', columns = {
				'entity': 'VARCHAR', 'period': 'VARCHAR', 'commodity': 'VARCHAR', 'unit': 'VARCHAR',
				'quantity': 'DECIMAL(12,4)', 'document': 'BIGINT'})
		GROUP BY ALL
	)
	JOIN (
		SELECT commodity, unit, year, scope, kg
		FROM read_csv({factors}, auto_detect = false, header = true, delim = ',', columns = {
			'commodity': 'VARCHAR', 'unit': 'VARCHAR', 'year': 'VARCHAR', 'scope': 'VARCHAR',
			'kg': 'DECIMAL(20,10)'})
	) AS factors USING (commodity, unit)
	WHERE year = period[:4]
	GROUP BY ALL
) TO {output} (FORMAT csv, HEADER);
