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

--> statement-breakpoint
CREATE TABLE "mediation_notices" (
	"request_id" uuid NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"receiver" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	CONSTRAINT "mediation_notices_request_id_due_at_kind_receiver_pk" PRIMARY KEY("request_id","due_at","kind","receiver"),
	CONSTRAINT "mediation_notices_kind" CHECK ("mediation_notices"."kind" in ('due_tomorrow', 'overdue'))
);
--> statement-breakpoint
CREATE TABLE "mediation_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"form" text NOT NULL,
	"opened_by" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"last_claimant_seq" integer DEFAULT 0 NOT NULL,
	"last_respondent_seq" integer DEFAULT 0 NOT NULL,
	"claimant_consent_at" timestamp with time zone,
	"claimant_consent_record" text,
	"respondent_consent_at" timestamp with time zone,
	"respondent_consent_record" text,
	CONSTRAINT "mediation_sessions_form" CHECK ("mediation_sessions"."form" in ('phone', 'online'))
);
--> statement-breakpoint
CREATE TABLE "session_entries" (
	"session_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"claimant_seq" integer,
	"respondent_seq" integer,
	"id" uuid NOT NULL,
	"author" text NOT NULL,
	"actor_id" text,
	"kind" text NOT NULL,
	"room" text NOT NULL,
	"body_sealed" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "session_entries_session_id_seq_pk" PRIMARY KEY("session_id","seq"),
	CONSTRAINT "session_entries_once" UNIQUE("session_id","author","id"),
	CONSTRAINT "session_entries_author" CHECK ("session_entries"."author" in ('claimant', 'respondent', 'mediator', 'program')),
	CONSTRAINT "session_entries_kind" CHECK ("session_entries"."kind" in ('text', 'call', 'opened', 'joined', 'offer', 'offer_answered', 'settlement', 'confirmed', 'performance', 'consent', 'extended', 'reminder', 'ended')),
	CONSTRAINT "session_entries_room" CHECK ("session_entries"."room" in ('plenary', 'caucus_claimant', 'caucus_respondent')),
	CONSTRAINT "session_entries_claimant" CHECK (("session_entries"."room" = 'caucus_respondent') = ("session_entries"."claimant_seq" is null)),
	CONSTRAINT "session_entries_respondent" CHECK (("session_entries"."room" = 'caucus_claimant') = ("session_entries"."respondent_seq" is null))
);
--> statement-breakpoint
CREATE TABLE "session_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"token_lookup" text NOT NULL,
	"phone_sealed" text,
	"made_by" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"used_by_lookup" text,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "session_links_token_lookup_unique" UNIQUE("token_lookup")
);
--> statement-breakpoint
CREATE TABLE "session_offers" (
	"session_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"id" uuid NOT NULL,
	"by" text NOT NULL,
	"amount_fen" bigint,
	"terms_sealed" text NOT NULL,
	"state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "session_offers_session_id_version_pk" PRIMARY KEY("session_id","version"),
	CONSTRAINT "session_offers_once" UNIQUE("session_id","by","id"),
	CONSTRAINT "session_offers_by" CHECK ("session_offers"."by" in ('claimant', 'respondent')),
	CONSTRAINT "session_offers_state" CHECK ("session_offers"."state" in ('open', 'accepted', 'rejected', 'superseded')),
	CONSTRAINT "session_offers_amount" CHECK ("session_offers"."amount_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "session_settlements" (
	"session_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"id" uuid NOT NULL,
	"state" text NOT NULL,
	"document_sealed" text NOT NULL,
	"hash" text NOT NULL,
	"amount_fen" bigint,
	"pay_by" date,
	"made_by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"claimant_confirmed_at" timestamp with time zone,
	"respondent_confirmed_at" timestamp with time zone,
	"performance" text,
	CONSTRAINT "session_settlements_session_id_version_pk" PRIMARY KEY("session_id","version"),
	CONSTRAINT "session_settlements_once" UNIQUE("session_id","id"),
	CONSTRAINT "session_settlements_state" CHECK ("session_settlements"."state" in ('open', 'confirmed', 'superseded')),
	CONSTRAINT "session_settlements_performance" CHECK ("session_settlements"."performance" in ('due', 'reported', 'disputed', 'paid')),
	CONSTRAINT "session_settlements_amount" CHECK ("session_settlements"."amount_fen" >= 0),
	CONSTRAINT "session_settlements_both" CHECK (("session_settlements"."state" = 'confirmed') = ("session_settlements"."claimant_confirmed_at" is not null and "session_settlements"."respondent_confirmed_at" is not null)),
	CONSTRAINT "session_settlements_performed" CHECK (("session_settlements"."state" = 'confirmed') = ("session_settlements"."performance" is not null))
);
--> statement-breakpoint
ALTER TABLE "mediation_notices" ADD CONSTRAINT "mediation_notices_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mediation_sessions" ADD CONSTRAINT "mediation_sessions_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_entries" ADD CONSTRAINT "session_entries_session_id_mediation_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."mediation_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_links" ADD CONSTRAINT "session_links_session_id_mediation_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."mediation_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_offers" ADD CONSTRAINT "session_offers_session_id_mediation_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."mediation_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_settlements" ADD CONSTRAINT "session_settlements_session_id_mediation_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."mediation_sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mediation_notices_to_send" ON "mediation_notices" USING btree ("next_try_at") WHERE "mediation_notices"."next_try_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "mediation_sessions_one_open" ON "mediation_sessions" USING btree ("request_id") WHERE "mediation_sessions"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "mediation_sessions_by_request" ON "mediation_sessions" USING btree ("request_id","opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "session_entries_of_claimant" ON "session_entries" USING btree ("session_id","claimant_seq");--> statement-breakpoint
CREATE UNIQUE INDEX "session_entries_of_respondent" ON "session_entries" USING btree ("session_id","respondent_seq");--> statement-breakpoint
CREATE INDEX "session_links_by_session" ON "session_links" USING btree ("session_id","made_at");--> statement-breakpoint
CREATE UNIQUE INDEX "session_offers_one_open" ON "session_offers" USING btree ("session_id") WHERE "session_offers"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "session_settlements_one_standing" ON "session_settlements" USING btree ("session_id") WHERE "session_settlements"."state" <> 'superseded';--> statement-breakpoint
CREATE TRIGGER session_entries_append_only BEFORE UPDATE OR DELETE ON session_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION tell_of_session_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Says only that something is new: who may see it is found out by whoever reads.
  PERFORM pg_notify('session_entries', NEW.session_id::text);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER session_entries_tell AFTER INSERT ON session_entries
  FOR EACH ROW EXECUTE FUNCTION tell_of_session_entry();
