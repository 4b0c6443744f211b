-- The index of a block of rows says what the block can hold; a block without one is always opened.
-- It has a table of its own, as a body would lie between it and its line. crc (CRC-32C) covers the
-- whole line.
CREATE TABLE indexes (
  position INTEGER NOT NULL REFERENCES batches (position),
  seq      INTEGER NOT NULL CHECK (seq >= 0),
  crc      INTEGER NOT NULL,
  body     BLOB NOT NULL,
  PRIMARY KEY (position, seq)
) STRICT;
