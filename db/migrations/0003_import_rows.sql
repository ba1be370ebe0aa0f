CREATE TABLE "import_rows" (
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"fate" text NOT NULL,
	"cells" jsonb NOT NULL,
	"document" jsonb,
	"issues" jsonb NOT NULL,
	"site_id" text,
	"base_revision" integer,
	"news" text[] NOT NULL,
	"external_id" text,
	"candidate" jsonb,
	"own_fate" text NOT NULL,
	"decision" text,
	"facts_before" jsonb,
	CONSTRAINT "import_rows_import_id_row_pk" PRIMARY KEY("import_id","row"),
	CONSTRAINT "import_rows_fate" CHECK ("import_rows"."fate" in ('new', 'changed', 'same', 'duplicate', 'error', 'skipped'))
);
--> statement-breakpoint
ALTER TABLE "site_external_ids" DROP CONSTRAINT "site_external_ids_site_id_sites_id_fk";
--> statement-breakpoint
ALTER TABLE "site_external_ids" DROP CONSTRAINT "site_external_ids_import_id_imports_id_fk";
--> statement-breakpoint
ALTER TABLE "site_revisions" DROP CONSTRAINT "site_revisions_site_id_sites_id_fk";
--> statement-breakpoint
ALTER TABLE "site_revisions" DROP CONSTRAINT "site_revisions_import_id_imports_id_fk";
--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "reading" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "issues" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "rows_done" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "rows_total" integer;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "problem" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "stopping" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "kept" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
-- Instead of foreign keys, whose check row by row takes longer than the insert itself: one check for each statement.
-- Sites are never deleted and keep their ids, so that what held when a row was written holds for good.
CREATE FUNCTION require_sites() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  missing text;
BEGIN
  SELECT site_id INTO missing FROM written w
  WHERE NOT EXISTS (SELECT FROM sites s WHERE s.id = w.site_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'there is no site %', missing USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER site_revisions_of_sites AFTER INSERT ON site_revisions
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION require_sites();
--> statement-breakpoint
CREATE TRIGGER site_external_ids_of_sites AFTER INSERT ON site_external_ids
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION require_sites();
--> statement-breakpoint
CREATE FUNCTION refuse_new_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a site keeps its id' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER sites_keep_their_ids BEFORE UPDATE OF id ON sites FOR EACH ROW
  WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_new_id();
