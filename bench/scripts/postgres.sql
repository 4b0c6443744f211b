BEGIN;
CREATE TABLE factors (commodity text, unit text, year text, scope text, kg numeric);
COPY factors FROM {factors} (FORMAT csv, HEADER);
CREATE TABLE rows (
	entity text, period text, commodity text, unit text, quantity numeric, document bigint);
COPY rows FROM {rows} (FORMAT csv, HEADER);
COMMIT;
ANALYZE rows, factors;
-- Quantities of a kind are summed first: fewer rows are joined and multiplied.
COPY (
	SELECT entity, period, scope, sum(quantity * kg) AS kg
	FROM (
		SELECT entity, period, commodity, unit, sum(quantity) AS quantity
		FROM rows
		GROUP BY entity, period, commodity, unit
	) AS kinds
	JOIN factors USING (commodity, unit)
	WHERE year = left(period, 4)
	GROUP BY entity, period, scope
) TO STDOUT (FORMAT csv, HEADER);
