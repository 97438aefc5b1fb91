/**
 * The tables of an archive. Each entry of `MIGRATIONS` takes a file of that version (its
 * `user_version`) to the next one; those that have shipped are never changed.
 */

const VERSION_1 = `
CREATE TABLE drives (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at REAL NOT NULL,
  origin TEXT NOT NULL,
  status TEXT NOT NULL,
  owner TEXT,
  uri TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  options TEXT NOT NULL,
  driver TEXT,
  vehicle TEXT,
  note TEXT,
  ensemble_id TEXT NOT NULL,
  ensemble_version TEXT NOT NULL,
  folds TEXT NOT NULL,
  fold_hashes TEXT NOT NULL,
  provider TEXT NOT NULL,
  preset_id TEXT NOT NULL,
  preset TEXT NOT NULL,
  program_version TEXT NOT NULL,
  source_hash TEXT,
  analysis_key TEXT,
  pictures TEXT NOT NULL,
  duration_ms REAL NOT NULL DEFAULT 0,
  frames INTEGER NOT NULL DEFAULT 0,
  batches INTEGER NOT NULL DEFAULT 0,
  snapshot TEXT
) STRICT;
CREATE INDEX drives_by_start ON drives (started_at);
CREATE INDEX drives_by_analysis ON drives (analysis_key) WHERE analysis_key IS NOT NULL;

CREATE TABLE chunks (
  id INTEGER PRIMARY KEY,
  drive INTEGER NOT NULL REFERENCES drives (id) ON DELETE CASCADE,
  from_ms REAL NOT NULL,
  to_ms REAL NOT NULL,
  rows BLOB NOT NULL
) STRICT;
CREATE INDEX chunks_by_drive ON chunks (drive, id);

CREATE TABLE chunk_means (
  chunk INTEGER PRIMARY KEY REFERENCES chunks (id) ON DELETE CASCADE,
  drive INTEGER NOT NULL,
  from_ms REAL NOT NULL,
  to_ms REAL NOT NULL,
  frames INTEGER NOT NULL,
  means BLOB NOT NULL
) STRICT;
CREATE INDEX chunk_means_by_drive ON chunk_means (drive, chunk);

CREATE TABLE spans (
  drive INTEGER NOT NULL REFERENCES drives (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  span TEXT NOT NULL,
  PRIMARY KEY (drive, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  drive INTEGER NOT NULL REFERENCES drives (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  level TEXT NOT NULL,
  event TEXT NOT NULL,
  review TEXT NOT NULL DEFAULT 'needs-review',
  review_note TEXT NOT NULL DEFAULT '',
  reviewed_at REAL,
  UNIQUE (drive, ordinal)
) STRICT;

CREATE TABLE problems (
  id INTEGER PRIMARY KEY,
  drive INTEGER NOT NULL REFERENCES drives (id) ON DELETE CASCADE,
  t_ms REAL,
  problem TEXT NOT NULL
) STRICT;
CREATE INDEX problems_by_drive ON problems (drive, id);

CREATE TABLE clips (
  drive INTEGER NOT NULL REFERENCES drives (id) ON DELETE CASCADE,
  file TEXT NOT NULL,
  from_ms REAL NOT NULL,
  to_ms REAL NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (drive, file)
) STRICT, WITHOUT ROWID;

CREATE TABLE purges (
  id INTEGER PRIMARY KEY,
  at REAL NOT NULL,
  what TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT;
`

/** Heat maps take seconds to compute and are asked for again. */
const VERSION_2 = `
CREATE TABLE heat_maps (
  drive INTEGER NOT NULL REFERENCES drives (id) ON DELETE CASCADE,
  t_ms REAL NOT NULL,
  class TEXT NOT NULL,
  map TEXT NOT NULL,
  PRIMARY KEY (drive, t_ms, class)
) STRICT, WITHOUT ROWID;
`

/** What the clock said when it was last believed; and drives whose pictures are being removed. */
const VERSION_3 = `
CREATE TABLE clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  trust TEXT NOT NULL
) STRICT;
CREATE TABLE removals (
  drive INTEGER PRIMARY KEY
) STRICT;
`

export const MIGRATIONS: readonly string[] = [VERSION_1, VERSION_2, VERSION_3]
