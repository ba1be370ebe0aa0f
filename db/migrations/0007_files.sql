CREATE TABLE "file_uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"declared_type" text,
	"bytes" integer NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"segments" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"keys" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"sha256" text NOT NULL,
	"person_id" text NOT NULL,
	"wrapped_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"file_id" uuid,
	CONSTRAINT "file_uploads_purpose" CHECK ("file_uploads"."purpose" in ('site_photo', 'verification_photo', 'report_photo', 'paper')),
	CONSTRAINT "file_uploads_received" CHECK ("file_uploads"."received" between 0 and "file_uploads"."bytes")
);
--> statement-breakpoint
CREATE TABLE "file_uses" (
	"file_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "file_uses_file_id_kind_subject_id_pk" PRIMARY KEY("file_id","kind","subject_id"),
	CONSTRAINT "file_uses_kind" CHECK ("file_uses"."kind" in ('site', 'site_draft', 'verification', 'report', 'claim', 'case'))
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"type" text NOT NULL,
	"bytes" integer NOT NULL,
	"thumb_bytes" integer,
	"width" integer,
	"height" integer,
	"sha256" text NOT NULL,
	"person_id" text,
	"device_hash" text,
	"key_owner" text,
	"wrapped_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"stored_at" timestamp with time zone,
	"doomed_at" timestamp with time zone,
	CONSTRAINT "files_purpose" CHECK ("files"."purpose" in ('site_photo', 'verification_photo', 'report_photo', 'paper')),
	CONSTRAINT "files_type" CHECK ("files"."type" in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
	CONSTRAINT "files_one_uploader" CHECK (("files"."person_id" is null) <> ("files"."device_hash" is null))
);
--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "photos" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "file_uses" ADD CONSTRAINT "file_uses_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_uploads_by_person" ON "file_uploads" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "file_uploads_by_time" ON "file_uploads" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "file_uses_by_subject" ON "file_uses" USING btree ("kind","subject_id");--> statement-breakpoint
CREATE INDEX "files_by_person" ON "files" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "files_by_device" ON "files" USING btree ("device_hash","created_at");--> statement-breakpoint
CREATE INDEX "files_by_hash" ON "files" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "files_by_time" ON "files" USING btree ("created_at");--> statement-breakpoint
-- Open edits are brought to the form of today; revisions stay as they were written.
UPDATE "site_drafts" SET "document" = "document" || '{"photos": []}' WHERE NOT "document" ? 'photos';
