CREATE TABLE rows AS SELECT * FROM read_csv({rows}, auto_detect = false, header = true, delim = ',', quote = '"',
	escape = '"', columns = {
		'entity': 'VARCHAR', 'period': 'VARCHAR', 'commodity': 'VARCHAR', 'unit': 'VARCHAR',
		'quantity': 'DECIMAL(12,4)', 'document': 'BIGINT'});
CHECKPOINT;
