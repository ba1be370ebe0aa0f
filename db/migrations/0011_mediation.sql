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
