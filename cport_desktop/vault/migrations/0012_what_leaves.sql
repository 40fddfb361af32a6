-- What leaves and what comes from colleagues: packages, signers, versions of lists, dossiers of domains.
-- Each part of it stands beneath a heading of its own.

-- ── Lists that are read in ───────────────────────────────────────────────────────────────────────
-- `profile`: of which region the categories of a list are; `category`: the code of an entry as its file
-- has it, which nobody converts; `rest`: what else the file tells of the entry, as one JSON object.
ALTER TABLE hash_list ADD COLUMN profile TEXT;
ALTER TABLE list_entry ADD COLUMN category TEXT;
ALTER TABLE list_entry ADD COLUMN rest TEXT;
