CREATE TABLE "claim_approvals" (
	"claim_id" uuid NOT NULL,
	"assessment_version" integer NOT NULL,
	"approver_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "claim_approvals_claim_id_assessment_version_approver_id_pk" PRIMARY KEY("claim_id","assessment_version","approver_id")
);
--> statement-breakpoint
CREATE TABLE "claim_events" (
	"claim_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"action" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"actor_id" text NOT NULL,
	"words_sealed" text,
	"data" jsonb,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "claim_events_claim_id_version_pk" PRIMARY KEY("claim_id","version"),
	CONSTRAINT "claim_events_action" CHECK ("claim_events"."action" in ('report', 'request_materials', 'supplement', 'receive', 'assess', 'return', 'approve', 'decline', 'pay', 'close', 'appeal', 'reopen', 'uphold', 'withdraw'))
);
--> statement-breakpoint
CREATE TABLE "claim_files" (
	"claim_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"material" text NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "claim_files_claim_id_file_id_pk" PRIMARY KEY("claim_id","file_id"),
	CONSTRAINT "claim_files_material" CHECK ("claim_files"."material" in ('id_card', 'accident_account', 'work_proof', 'police_report', 'medical_record', 'invoice', 'expense_list', 'hospital_certificate', 'disability_report', 'death_certificate', 'heir_proof', 'bank_card', 'photo', 'other'))
);
--> statement-breakpoint
CREATE TABLE "claim_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"claim_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"claimed_fen" bigint NOT NULL,
	"assessed_fen" bigint,
	"approved_fen" bigint,
	"paid_fen" bigint,
	"calculation" jsonb,
	"invoice_lookup" text,
	CONSTRAINT "claim_lines_kind" CHECK ("claim_lines"."kind" in ('medical', 'hospital', 'disability', 'death')),
	CONSTRAINT "claim_lines_claimed" CHECK ("claim_lines"."claimed_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"insured_person_id" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"happened_at" timestamp with time zone NOT NULL,
	"happened_on" date NOT NULL,
	"cover_id" uuid,
	"terms_version" text NOT NULL,
	"insurer_id" text NOT NULL,
	"account_sealed" text NOT NULL,
	"receiving_site_id" text,
	"receiving_street" text,
	"channel" text NOT NULL,
	"site_id" text,
	"made_by" text NOT NULL,
	"decline_code" text,
	"claimed_fen" bigint DEFAULT 0 NOT NULL,
	"assessed_fen" bigint,
	"approved_fen" bigint,
	"paid_fen" bigint,
	"assessed_by" text,
	"due_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"state_since" timestamp with time zone NOT NULL,
	CONSTRAINT "claims_number_unique" UNIQUE("number"),
	CONSTRAINT "claims_state" CHECK ("claims"."state" in ('draft', 'reported', 'materials_requested', 'supplemented', 'received', 'assessed', 'approved', 'declined', 'paid', 'closed', 'appealed', 'reopened')),
	CONSTRAINT "claims_channel" CHECK ("claims"."channel" in ('qr', 'site', 'me', 'counter', 'employer_file')),
	CONSTRAINT "claims_decline_code" CHECK ("claims"."decline_code" in ('day_not_covered', 'not_at_work', 'not_an_accident', 'excluded_cause', 'over_age', 'paid_elsewhere', 'papers_missing', 'not_the_insured_person', 'nothing_payable')),
	CONSTRAINT "claims_fen" CHECK ("claims"."claimed_fen" >= 0 and coalesce("claims"."assessed_fen", 0) >= 0 and coalesce("claims"."approved_fen", 0) >= 0 and coalesce("claims"."paid_fen", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "covers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"insured_person_id" text NOT NULL,
	"insurer_id" text NOT NULL,
	"payer" text NOT NULL,
	"days" daterange NOT NULL,
	"is_insured" boolean NOT NULL,
	"own_fen_per_day" integer NOT NULL,
	"subsidy_fen_per_day" integer NOT NULL,
	CONSTRAINT "covers_days" CHECK (not isempty("covers"."days") and not lower_inf("covers"."days") and not upper_inf("covers"."days"))
);
--> statement-breakpoint
CREATE TABLE "enrolments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"insured_person_id" text NOT NULL,
	"terms_version" text NOT NULL,
	"insurer_id" text NOT NULL,
	"state" text NOT NULL,
	"payer" text NOT NULL,
	"employer_id" text,
	"employer_file_id" uuid,
	"own_fen" bigint NOT NULL,
	"subsidy_fen" bigint NOT NULL,
	"certificate_code" text NOT NULL,
	"channel" text NOT NULL,
	"site_id" text,
	"made_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"insured_at" timestamp with time zone,
	"held_until" timestamp with time zone,
	CONSTRAINT "enrolments_certificate_code_unique" UNIQUE("certificate_code"),
	CONSTRAINT "enrolments_state" CHECK ("enrolments"."state" in ('held', 'insured', 'expired', 'cancelled')),
	CONSTRAINT "enrolments_payer" CHECK ("enrolments"."payer" in ('self', 'employer')),
	CONSTRAINT "enrolments_channel" CHECK ("enrolments"."channel" in ('qr', 'site', 'me', 'counter', 'employer_file')),
	CONSTRAINT "enrolments_employer" CHECK (("enrolments"."payer" = 'employer') = ("enrolments"."employer_id" is not null)),
	CONSTRAINT "enrolments_fen" CHECK ("enrolments"."own_fen" >= 0 and "enrolments"."subsidy_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "insured_persons" (
	"id" text PRIMARY KEY NOT NULL,
	"id_lookup" text NOT NULL,
	"user_id" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "insured_persons_id_lookup_unique" UNIQUE("id_lookup"),
	CONSTRAINT "insured_persons_user_id_unique" UNIQUE("user_id")
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"enrolment_id" uuid,
	"employer_file_id" uuid,
	"provider" text NOT NULL,
	"state" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"trade_no" text NOT NULL,
	"provider_ref" text,
	"created_at" timestamp with time zone NOT NULL,
	"paid_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payments_trade_no_unique" UNIQUE("trade_no"),
	CONSTRAINT "payments_state" CHECK ("payments"."state" in ('open', 'paid', 'expired', 'failed')),
	CONSTRAINT "payments_amount" CHECK ("payments"."amount_fen" > 0),
	CONSTRAINT "payments_subject" CHECK (num_nonnulls("payments"."enrolment_id", "payments"."employer_file_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "policy_terms" (
	"version" text PRIMARY KEY NOT NULL,
	"valid_from" date NOT NULL,
	"document" jsonb NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"payment_id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"state" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"days" integer NOT NULL,
	"provider_ref" text,
	"created_at" timestamp with time zone NOT NULL,
	"paid_at" timestamp with time zone,
	CONSTRAINT "refunds_state" CHECK ("refunds"."state" in ('open', 'paid', 'failed')),
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount_fen" > 0)
);
--> statement-breakpoint
CREATE TABLE "day_closes" (
	"day" date NOT NULL,
	"payer" text NOT NULL,
	"covered_days" integer NOT NULL,
	"own_fen" bigint NOT NULL,
	"subsidy_fen" bigint NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "day_closes_day_payer_pk" PRIMARY KEY("day","payer"),
	CONSTRAINT "day_closes_payer" CHECK ("day_closes"."payer" in ('self', 'employer')),
	CONSTRAINT "day_closes_counts" CHECK ("day_closes"."covered_days" >= 0 and "day_closes"."own_fen" >= 0 and "day_closes"."subsidy_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"posting_id" bigint NOT NULL,
	"account" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	CONSTRAINT "ledger_entries_account" CHECK ("ledger_entries"."account" in ('cash', 'bank', 'unearned_own_share', 'treasury_subsidy_due', 'insurer_premium', 'refunds_due', 'claim_payments', 'insurer_claims')),
	CONSTRAINT "ledger_entries_amount" CHECK ("ledger_entries"."amount_fen" <> 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_postings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_postings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"day" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"enrolment_id" uuid,
	"claim_id" uuid,
	CONSTRAINT "ledger_postings_key_unique" UNIQUE("key"),
	CONSTRAINT "ledger_postings_kind" CHECK ("ledger_postings"."kind" in ('own_share_paid', 'day_closed', 'days_cancelled', 'refund_paid', 'subsidy_received', 'premium_transferred', 'claim_paid'))
);
--> statement-breakpoint
ALTER TABLE "claim_approvals" ADD CONSTRAINT "claim_approvals_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_events" ADD CONSTRAINT "claim_events_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_files" ADD CONSTRAINT "claim_files_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_lines" ADD CONSTRAINT "claim_lines_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_insured_person_id_insured_persons_id_fk" FOREIGN KEY ("insured_person_id") REFERENCES "public"."insured_persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_terms_version_policy_terms_version_fk" FOREIGN KEY ("terms_version") REFERENCES "public"."policy_terms"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_insurer_id_organisations_id_fk" FOREIGN KEY ("insurer_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_receiving_site_id_sites_id_fk" FOREIGN KEY ("receiving_site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_receiving_street_jurisdictions_code_fk" FOREIGN KEY ("receiving_street") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "covers" ADD CONSTRAINT "covers_enrolment_id_enrolments_id_fk" FOREIGN KEY ("enrolment_id") REFERENCES "public"."enrolments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_insured_person_id_insured_persons_id_fk" FOREIGN KEY ("insured_person_id") REFERENCES "public"."insured_persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_terms_version_policy_terms_version_fk" FOREIGN KEY ("terms_version") REFERENCES "public"."policy_terms"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_insurer_id_organisations_id_fk" FOREIGN KEY ("insurer_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_employer_id_organisations_id_fk" FOREIGN KEY ("employer_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolments" ADD CONSTRAINT "enrolments_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "insured_persons" ADD CONSTRAINT "insured_persons_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_enrolment_id_enrolments_id_fk" FOREIGN KEY ("enrolment_id") REFERENCES "public"."enrolments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_enrolment_id_enrolments_id_fk" FOREIGN KEY ("enrolment_id") REFERENCES "public"."enrolments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_posting_id_ledger_postings_id_fk" FOREIGN KEY ("posting_id") REFERENCES "public"."ledger_postings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claim_files_by_file" ON "claim_files" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "claim_lines_by_claim" ON "claim_lines" USING btree ("claim_id","position");--> statement-breakpoint
CREATE INDEX "claim_lines_by_invoice" ON "claim_lines" USING btree ("invoice_lookup");--> statement-breakpoint
CREATE INDEX "claims_by_person" ON "claims" USING btree ("insured_person_id","happened_on");--> statement-breakpoint
CREATE INDEX "claims_by_street" ON "claims" USING btree ("receiving_street","state","due_at");--> statement-breakpoint
CREATE INDEX "claims_by_state" ON "claims" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "claims_by_cover" ON "claims" USING btree ("cover_id");--> statement-breakpoint
CREATE INDEX "covers_by_enrolment" ON "covers" USING btree ("enrolment_id");--> statement-breakpoint
CREATE INDEX "enrolments_by_person" ON "enrolments" USING btree ("insured_person_id","created_at");--> statement-breakpoint
CREATE INDEX "enrolments_by_employer" ON "enrolments" USING btree ("employer_id","created_at");--> statement-breakpoint
CREATE INDEX "enrolments_by_file" ON "enrolments" USING btree ("employer_file_id");--> statement-breakpoint
CREATE INDEX "enrolments_held" ON "enrolments" USING btree ("held_until") WHERE "enrolments"."state" = 'held';--> statement-breakpoint
CREATE INDEX "payments_by_enrolment" ON "payments" USING btree ("enrolment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_by_provider_ref" ON "payments" USING btree ("provider","provider_ref") WHERE "payments"."provider_ref" is not null;--> statement-breakpoint
CREATE INDEX "refunds_by_payment" ON "refunds" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "refunds_open" ON "refunds" USING btree ("created_at") WHERE "refunds"."state" = 'open';--> statement-breakpoint
CREATE INDEX "ledger_entries_by_posting" ON "ledger_entries" USING btree ("posting_id");--> statement-breakpoint
CREATE INDEX "ledger_postings_by_day" ON "ledger_postings" USING btree ("day","kind");--> statement-breakpoint
CREATE INDEX "ledger_postings_by_enrolment" ON "ledger_postings" USING btree ("enrolment_id");--> statement-breakpoint
CREATE INDEX "ledger_postings_by_claim" ON "ledger_postings" USING btree ("claim_id");--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
ALTER TABLE "covers" ADD CONSTRAINT "covers_no_day_twice" EXCLUDE USING gist ("insured_person_id" WITH =, "days" WITH &&);
--> statement-breakpoint
CREATE FUNCTION require_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  total bigint;
BEGIN
  SELECT sum(amount_fen) INTO total FROM ledger_entries WHERE posting_id = NEW.posting_id;
  IF total <> 0 THEN
    RAISE EXCEPTION 'posting % does not balance: %', NEW.posting_id, total USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balance();
--> statement-breakpoint
CREATE TRIGGER policy_terms_append_only BEFORE UPDATE OR DELETE ON policy_terms
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_postings_append_only BEFORE UPDATE OR DELETE ON ledger_postings
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER day_closes_append_only BEFORE UPDATE OR DELETE ON day_closes
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER claim_events_append_only BEFORE UPDATE OR DELETE ON claim_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER claim_approvals_append_only BEFORE UPDATE OR DELETE ON claim_approvals
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
