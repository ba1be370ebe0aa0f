CREATE TABLE "employer_file_rows" (
	"file_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"sealed" text,
	"state" text DEFAULT 'new' NOT NULL,
	"issues" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"id_lookup" text,
	"is_first_of_person" boolean DEFAULT true NOT NULL,
	"days" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"covered_days" integer DEFAULT 0 NOT NULL,
	"own_fen" bigint DEFAULT 0 NOT NULL,
	"subsidy_fen" bigint DEFAULT 0 NOT NULL,
	"terms_version" text,
	"enrolment_id" uuid,
	"telling_at" timestamp with time zone,
	"told_at" timestamp with time zone,
	"tell_tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "employer_file_rows_file_id_row_pk" PRIMARY KEY("file_id","row"),
	CONSTRAINT "employer_file_rows_state" CHECK ("employer_file_rows"."state" in ('new', 'good', 'bad', 'already'))
);
--> statement-breakpoint
CREATE TABLE "employer_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"file_hash" text NOT NULL,
	"file_name" text NOT NULL,
	"made_by" text NOT NULL,
	"state" text NOT NULL,
	"problem" text,
	"mapping" jsonb NOT NULL,
	"unused_columns" jsonb NOT NULL,
	"rows_total" integer DEFAULT 0 NOT NULL,
	"rows_done" integer DEFAULT 0 NOT NULL,
	"good_rows" integer DEFAULT 0 NOT NULL,
	"bad_rows" integer DEFAULT 0 NOT NULL,
	"already_rows" integer DEFAULT 0 NOT NULL,
	"workers" integer DEFAULT 0 NOT NULL,
	"covered_days" integer DEFAULT 0 NOT NULL,
	"own_fen" bigint DEFAULT 0 NOT NULL,
	"subsidy_fen" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone,
	"held_until" timestamp with time zone,
	"insured_at" timestamp with time zone,
	"rows_destroyed_at" timestamp with time zone,
	CONSTRAINT "employer_files_state" CHECK ("employer_files"."state" in ('checking', 'checked', 'holding', 'held', 'insured', 'discarded')),
	CONSTRAINT "employer_files_problem" CHECK ("employer_files"."problem" is null or "employer_files"."problem" in ('changed_meanwhile', 'hold_expired', 'paid_too_late'))
);
--> statement-breakpoint
ALTER TABLE "refunds" ALTER COLUMN "enrolment_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "employer_file_id" uuid;--> statement-breakpoint
ALTER TABLE "employer_file_rows" ADD CONSTRAINT "employer_file_rows_of_file" FOREIGN KEY ("file_id") REFERENCES "public"."employer_files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "employer_files" ADD CONSTRAINT "employer_files_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "employer_file_rows_by_state" ON "employer_file_rows" USING btree ("file_id","state","row");--> statement-breakpoint
CREATE UNIQUE INDEX "employer_files_once" ON "employer_files" USING btree ("organisation_id","file_hash") WHERE "employer_files"."state" <> 'discarded';--> statement-breakpoint
CREATE INDEX "employer_files_by_employer" ON "employer_files" USING btree ("organisation_id","created_at");--> statement-breakpoint
CREATE INDEX "employer_files_at_work" ON "employer_files" USING btree ("state") WHERE "employer_files"."state" in ('checking', 'holding', 'held');--> statement-breakpoint
CREATE INDEX "payments_by_employer_file" ON "payments" USING btree ("employer_file_id");--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_subject" CHECK (num_nonnulls("refunds"."enrolment_id", "refunds"."employer_file_id") = 1);