CREATE TABLE "collective_cases" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"respondent_key" text NOT NULL,
	"respondent_id" text,
	"state" text NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"opened_at" timestamp with time zone,
	"concluded_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "collective_cases_number_unique" UNIQUE("number"),
	CONSTRAINT "collective_cases_kind" CHECK ("collective_cases"."kind" in ('pay', 'deductions', 'injury', 'rest_hours', 'suspension', 'contract', 'discrimination', 'insurance', 'advice', 'other', 'diagnosis', 'income_distribution', 'collective_bargaining', 'employer_other')),
	CONSTRAINT "collective_cases_state" CHECK ("collective_cases"."state" in ('gathering', 'open', 'concluded'))
);
--> statement-breakpoint
CREATE TABLE "referrals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"to_organisation_id" text NOT NULL,
	"reason_sealed" text NOT NULL,
	"appointment_id" uuid,
	"asked_by" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"respond_by" timestamp with time zone NOT NULL,
	"taken_by" text,
	"taken_at" timestamp with time zone,
	"receipt" text,
	"sent_back_at" timestamp with time zone,
	"concluded_at" timestamp with time zone,
	"outcome" text,
	CONSTRAINT "referrals_outcome" CHECK ("referrals"."outcome" in ('settled_paid', 'settled_other', 'answered', 'advice_given', 'unsettled_arbitration', 'unsettled_court', 'referred_resolved', 'referred_unresolved', 'no_jurisdiction', 'no_contact', 'duplicate', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "request_events" (
	"request_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"action" text NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"actor_id" text,
	"actor_role" text,
	"words_sealed" text,
	"readers" text DEFAULT 'person' NOT NULL,
	"data" jsonb,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "request_events_request_id_version_pk" PRIMARY KEY("request_id","version"),
	CONSTRAINT "request_events_action" CHECK ("request_events"."action" in ('submit', 'answer', 'book', 'accept', 'open_session', 'settle', 'end_unsettled', 'refer', 'take', 'send_back', 'report_outcome', 'conclude', 'not_solved', 'extend', 'reassign', 'withdraw')),
	CONSTRAINT "request_events_readers" CHECK ("request_events"."readers" in ('handlers', 'person', 'respondent'))
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"naming" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"vault_person_id" text NOT NULL,
	"user_id" text,
	"retrieval_lookup" text,
	"asking_organisation_id" text,
	"account_sealed" text NOT NULL,
	"respondent_id" text,
	"respondent_name" text,
	"respondent_key" text,
	"amount_fen" bigint,
	"since" date,
	"site_id" text,
	"street_code" text,
	"district_code" text,
	"responsible_street" text,
	"responsible_organisation_id" text,
	"rule_id" uuid,
	"summary_sealed" text,
	"accepted_on" date,
	"is_extended" boolean DEFAULT false NOT NULL,
	"due_at" timestamp with time zone,
	"outcome" text,
	"collective_id" uuid,
	"channel" text NOT NULL,
	"made_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"state_since" timestamp with time zone NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "requests_number_unique" UNIQUE("number"),
	CONSTRAINT "requests_retrieval_lookup_unique" UNIQUE("retrieval_lookup"),
	CONSTRAINT "requests_kind" CHECK ("requests"."kind" in ('pay', 'deductions', 'injury', 'rest_hours', 'suspension', 'contract', 'discrimination', 'insurance', 'advice', 'other', 'diagnosis', 'income_distribution', 'collective_bargaining', 'employer_other')),
	CONSTRAINT "requests_naming" CHECK ("requests"."naming" in ('named', 'confidential', 'anonymous')),
	CONSTRAINT "requests_state" CHECK ("requests"."state" in ('submitted', 'answered', 'booked', 'accepted', 'in_mediation', 'settled', 'unsettled', 'referred', 'with_receiver', 'sent_back', 'concluded', 'not_solved', 'withdrawn')),
	CONSTRAINT "requests_outcome" CHECK ("requests"."outcome" in ('settled_paid', 'settled_other', 'answered', 'advice_given', 'unsettled_arbitration', 'unsettled_court', 'referred_resolved', 'referred_unresolved', 'no_jurisdiction', 'no_contact', 'duplicate', 'withdrawn')),
	CONSTRAINT "requests_channel" CHECK ("requests"."channel" in ('qr', 'site', 'me', 'window', 'phone', 'open311')),
	CONSTRAINT "requests_anonymous" CHECK (("requests"."naming" = 'anonymous') = ("requests"."user_id" is null)),
	CONSTRAINT "requests_retrieval" CHECK (("requests"."naming" = 'anonymous') = ("requests"."retrieval_lookup" is not null)),
	CONSTRAINT "requests_amount" CHECK ("requests"."amount_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "responsibility_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"kinds" text[] NOT NULL,
	"jurisdiction_codes" text[] NOT NULL,
	"respondent_ids" text[] NOT NULL,
	"area" geometry(MultiPolygon,4326),
	"target" text NOT NULL,
	"target_organisation_id" text,
	"is_active" boolean NOT NULL,
	"version" integer NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "responsibility_rules_target" CHECK ("responsibility_rules"."target" in ('street_of_site', 'nearest_mediation', 'organisation', 'window')),
	CONSTRAINT "responsibility_rules_organisation" CHECK (("responsibility_rules"."target" = 'organisation') = ("responsibility_rules"."target_organisation_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "collective_cases" ADD CONSTRAINT "collective_cases_respondent_id_organisations_id_fk" FOREIGN KEY ("respondent_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_to_organisation_id_organisations_id_fk" FOREIGN KEY ("to_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_events" ADD CONSTRAINT "request_events_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_asking_organisation_id_organisations_id_fk" FOREIGN KEY ("asking_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_respondent_id_organisations_id_fk" FOREIGN KEY ("respondent_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_street_code_jurisdictions_code_fk" FOREIGN KEY ("street_code") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_district_code_jurisdictions_code_fk" FOREIGN KEY ("district_code") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_responsible_street_jurisdictions_code_fk" FOREIGN KEY ("responsible_street") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_responsible_organisation_id_organisations_id_fk" FOREIGN KEY ("responsible_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_collective_id_collective_cases_id_fk" FOREIGN KEY ("collective_id") REFERENCES "public"."collective_cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibility_rules" ADD CONSTRAINT "responsibility_rules_target_organisation_id_organisations_id_fk" FOREIGN KEY ("target_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "collective_cases_one_open" ON "collective_cases" USING btree ("respondent_key","kind") WHERE "collective_cases"."state" <> 'concluded';--> statement-breakpoint
CREATE UNIQUE INDEX "referrals_one_open" ON "referrals" USING btree ("request_id") WHERE "referrals"."sent_back_at" is null and "referrals"."concluded_at" is null;--> statement-breakpoint
CREATE INDEX "referrals_by_receiver" ON "referrals" USING btree ("to_organisation_id","respond_by","id");--> statement-breakpoint
CREATE INDEX "requests_by_user" ON "requests" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "requests_by_street" ON "requests" USING btree ("responsible_street","state","due_at","id");--> statement-breakpoint
CREATE INDEX "requests_by_organisation" ON "requests" USING btree ("responsible_organisation_id","state","due_at","id");--> statement-breakpoint
CREATE INDEX "requests_by_state" ON "requests" USING btree ("state","due_at","id");--> statement-breakpoint
CREATE INDEX "requests_by_respondent" ON "requests" USING btree ("respondent_key","kind","created_at");--> statement-breakpoint
CREATE INDEX "requests_by_respondent_id" ON "requests" USING btree ("respondent_id","state","created_at");--> statement-breakpoint
CREATE INDEX "requests_by_collective" ON "requests" USING btree ("collective_id");--> statement-breakpoint
CREATE INDEX "requests_by_creation" ON "requests" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "responsibility_rules_in_order" ON "responsibility_rules" USING btree ("is_active","position");--> statement-breakpoint
CREATE TRIGGER request_events_append_only BEFORE UPDATE OR DELETE ON request_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE INDEX requests_in_due_order ON requests (coalesce(due_at, 'infinity'::timestamptz), id);
