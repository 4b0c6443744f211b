CREATE TABLE migrations (
  number INTEGER PRIMARY KEY,
  name   TEXT NOT NULL,
  digest BLOB NOT NULL
) STRICT;

-- sums and blocks count the blocks of either kind, so that a lost one is missed; crc (CRC-32C)
-- covers the whole line.
CREATE TABLE batches (
  position INTEGER PRIMARY KEY CHECK (position > 0),
  head     BLOB NOT NULL UNIQUE CHECK (length(head) = 32),
  receipt  BLOB NOT NULL,
  meta     BLOB NOT NULL,
  sums     INTEGER NOT NULL CHECK (sums >= 0),
  blocks   INTEGER NOT NULL CHECK (blocks >= 0),
  crc      INTEGER NOT NULL
) STRICT;

-- body is compressed; size and crc (CRC-32C) are those of the plain bytes.
CREATE TABLE blocks (
  position INTEGER NOT NULL REFERENCES batches (position),
  kind     TEXT NOT NULL CHECK (kind IN ('rows', 'sums')),
  seq      INTEGER NOT NULL CHECK (seq >= 0),
  size     INTEGER NOT NULL CHECK (size >= 0),
  crc      INTEGER NOT NULL,
  body     BLOB NOT NULL,
  PRIMARY KEY (position, kind, seq)
) STRICT;
