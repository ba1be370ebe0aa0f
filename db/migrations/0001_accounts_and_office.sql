CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" text NOT NULL,
	"purpose" text NOT NULL,
	"wording_version" text NOT NULL,
	"given_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "consents_purpose" CHECK ("consents"."purpose" in ('identity', 'bank_account', 'medical'))
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"organisation_id" text,
	"jurisdiction_code" text,
	"granted_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "memberships_role" CHECK ("memberships"."role" in ('rider', 'employer', 'keeper', 'officer', 'district_officer', 'insurer', 'assessor', 'approver', 'mediator', 'department_officer', 'coordinator', 'supervisor', 'administrator'))
);
--> statement-breakpoint
CREATE TABLE "person_keys" (
	"person_id" text PRIMARY KEY NOT NULL,
	"wrapped_key" text,
	"master_key_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"destroyed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "personal_fields" (
	"person_id" text NOT NULL,
	"field" text NOT NULL,
	"ciphertext" text NOT NULL,
	"lookup" text,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "personal_fields_person_id_field_pk" PRIMARY KEY("person_id","field"),
	CONSTRAINT "personal_fields_field" CHECK ("personal_fields"."field" in ('name', 'id_number', 'phone', 'bank_account', 'medical'))
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limits_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "two_factors" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"verified" boolean DEFAULT true,
	"failed_verification_count" integer DEFAULT 0,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"phone_number" text,
	"phone_number_verified" boolean,
	"username" text,
	"display_username" text,
	"two_factor_enabled" boolean DEFAULT false,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_phone_number_unique" UNIQUE("phone_number"),
	CONSTRAINT "users_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_head_only_row" CHECK ("audit_head"."only")
);
--> statement-breakpoint
CREATE TABLE "audit_records" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" text,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"day" date PRIMARY KEY NOT NULL,
	"last_seq" bigint NOT NULL,
	"root" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_mappings" (
	"source" text NOT NULL,
	"header" text NOT NULL,
	"settings" jsonb NOT NULL,
	"person_id" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "import_mappings_source_header_pk" PRIMARY KEY("source","header")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"source" text NOT NULL,
	"state" text NOT NULL,
	"settings" jsonb NOT NULL,
	"counts" jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"undone_at" timestamp with time zone,
	CONSTRAINT "imports_state" CHECK ("imports"."state" in ('checking', 'checked', 'storing', 'stored', 'stopped', 'failed', 'undone'))
);
--> statement-breakpoint
CREATE TABLE "report_answers" (
	"report_id" uuid PRIMARY KEY NOT NULL,
	"outcome" text NOT NULL,
	"revision" integer,
	"words" text,
	"person_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "report_answers_outcome" CHECK ("report_answers"."outcome" in ('changed', 'was_right', 'repaired', 'already_known', 'cannot_tell'))
);
--> statement-breakpoint
CREATE TABLE "site_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"site_id" text,
	"base_revision" integer DEFAULT 0 NOT NULL,
	"document" jsonb NOT NULL,
	"street_code" text,
	"reason" text,
	"state" text DEFAULT 'open' NOT NULL,
	"person_id" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	CONSTRAINT "site_drafts_kind" CHECK ("site_drafts"."kind" in ('draft', 'proposal')),
	CONSTRAINT "site_drafts_state" CHECK ("site_drafts"."state" in ('open', 'accepted', 'rejected', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "site_external_ids" (
	"source" text NOT NULL,
	"external_id" text NOT NULL,
	"site_id" text NOT NULL,
	"import_id" uuid,
	CONSTRAINT "site_external_ids_source_external_id_pk" PRIMARY KEY("source","external_id")
);
--> statement-breakpoint
CREATE TABLE "site_handovers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"from_street" text,
	"to_street" text NOT NULL,
	"reason" text,
	"person_id" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"accepted" boolean,
	"decision_reason" text,
	CONSTRAINT "site_handovers_decided" CHECK (("site_handovers"."decided_at" is null) = ("site_handovers"."accepted" is null))
);
--> statement-breakpoint
CREATE TABLE "site_revisions" (
	"site_id" text NOT NULL,
	"revision" integer NOT NULL,
	"document" jsonb NOT NULL,
	"person_id" text,
	"reason" text,
	"at" timestamp with time zone NOT NULL,
	"restored_from" integer,
	"import_id" uuid,
	CONSTRAINT "site_revisions_site_id_revision_pk" PRIMARY KEY("site_id","revision")
);
--> statement-breakpoint
CREATE TABLE "site_verifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"fact" text NOT NULL,
	"method" text NOT NULL,
	"day" date NOT NULL,
	"note" text,
	"person_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "site_verifications_fact" CHECK ("site_verifications"."fact" in ('location', 'hours', 'facilities')),
	CONSTRAINT "site_verifications_method" CHECK ("site_verifications"."method" in ('on_site', 'by_phone', 'from_document'))
);
--> statement-breakpoint
ALTER TABLE "sites" DROP CONSTRAINT "sites_status";--> statement-breakpoint
ALTER TABLE "site_reports" ADD COLUMN "was_near" boolean;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_jurisdiction_code_jurisdictions_code_fk" FOREIGN KEY ("jurisdiction_code") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_granted_by_users_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "personal_fields" ADD CONSTRAINT "personal_fields_person_id_person_keys_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person_keys"("person_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "two_factors" ADD CONSTRAINT "two_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_report_id_site_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."site_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_drafts" ADD CONSTRAINT "site_drafts_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_drafts" ADD CONSTRAINT "site_drafts_street_code_jurisdictions_code_fk" FOREIGN KEY ("street_code") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_external_ids" ADD CONSTRAINT "site_external_ids_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_external_ids" ADD CONSTRAINT "site_external_ids_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_handovers" ADD CONSTRAINT "site_handovers_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_handovers" ADD CONSTRAINT "site_handovers_from_street_jurisdictions_code_fk" FOREIGN KEY ("from_street") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_handovers" ADD CONSTRAINT "site_handovers_to_street_jurisdictions_code_fk" FOREIGN KEY ("to_street") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_revisions" ADD CONSTRAINT "site_revisions_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_revisions" ADD CONSTRAINT "site_revisions_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_verifications" ADD CONSTRAINT "site_verifications_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_by_person" ON "consents" USING btree ("person_id","purpose");--> statement-breakpoint
CREATE INDEX "credentials_by_user" ON "credentials" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_held_once" ON "memberships" USING btree ("user_id","role",coalesce("organisation_id", ''),coalesce("jurisdiction_code", '')) WHERE "memberships"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "personal_fields_by_lookup" ON "personal_fields" USING btree ("field","lookup");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "two_factors_by_user" ON "two_factors" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verifications_by_identifier" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "verifications_by_expiry" ON "verifications" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "audit_records_by_subject" ON "audit_records" USING btree ("subject_kind","subject_id","seq");--> statement-breakpoint
CREATE INDEX "imports_by_hash" ON "imports" USING btree ("file_hash");--> statement-breakpoint
CREATE INDEX "imports_by_time" ON "imports" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "site_drafts_by_street" ON "site_drafts" USING btree ("street_code","state");--> statement-breakpoint
CREATE INDEX "site_drafts_by_site" ON "site_drafts" USING btree ("site_id","state");--> statement-breakpoint
CREATE INDEX "site_external_ids_by_site" ON "site_external_ids" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "site_handovers_by_site" ON "site_handovers" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "site_revisions_by_import" ON "site_revisions" USING btree ("import_id");--> statement-breakpoint
CREATE INDEX "site_verifications_by_site" ON "site_verifications" USING btree ("site_id","fact","day");--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_status" CHECK ("sites"."status" in ('planned', 'open', 'closed_for_now', 'closed_for_good', 'replaced', 'withdrawn'));--> statement-breakpoint
INSERT INTO "audit_head" ("seq", "hash") VALUES (0, repeat('0', 64));
--> statement-breakpoint
CREATE TRIGGER audit_records_append_only BEFORE UPDATE OR DELETE ON audit_records
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_records_never_emptied BEFORE TRUNCATE ON audit_records
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE ON audit_seals
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_seals_never_emptied BEFORE TRUNCATE ON audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER site_revisions_append_only BEFORE UPDATE OR DELETE ON site_revisions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER site_verifications_append_only BEFORE UPDATE OR DELETE ON site_verifications
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER report_answers_append_only BEFORE UPDATE OR DELETE ON report_answers
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
