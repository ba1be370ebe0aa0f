CREATE TABLE "appointment_messages" (
	"subject_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"user_id" text NOT NULL,
	"site_name" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	CONSTRAINT "appointment_messages_subject_id_version_kind_pk" PRIMARY KEY("subject_id","version","kind"),
	CONSTRAINT "appointment_messages_kind" CHECK ("appointment_messages"."kind" in ('booked', 'moved', 'cancelled', 'reminder', 'slot_free'))
);
--> statement-breakpoint
CREATE TABLE "appointments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"offer_id" uuid NOT NULL,
	"counter" integer NOT NULL,
	"seat" integer NOT NULL,
	"during" "tstzrange" NOT NULL,
	"user_id" text NOT NULL,
	"code" text NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"words_sealed" text,
	"created_at" timestamp with time zone NOT NULL,
	"state_since" timestamp with time zone NOT NULL,
	CONSTRAINT "appointments_state" CHECK ("appointments"."state" in ('booked', 'cancelled', 'served', 'no_show')),
	CONSTRAINT "appointments_seat" CHECK ("appointments"."counter" > 0 and "appointments"."seat" > 0),
	CONSTRAINT "appointments_during" CHECK (lower_inc("appointments"."during") and not upper_inc("appointments"."during"))
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"user_id" text PRIMARY KEY NOT NULL,
	"token_lookup" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "calendar_feeds_token_lookup_unique" UNIQUE("token_lookup")
);
--> statement-breakpoint
CREATE TABLE "market_services" (
	"id" uuid PRIMARY KEY NOT NULL,
	"category" text NOT NULL,
	"organisation_id" text,
	"jurisdiction_code" text,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"about" text NOT NULL,
	"audience" text NOT NULL,
	"to_bring" text NOT NULL,
	"is_active" boolean NOT NULL,
	"version" integer NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "market_services_category" CHECK ("market_services"."category" in ('legal_aid', 'mediation', 'union_desk', 'government_desk', 'platform_desk', 'insurance_office', 'employment', 'social_insurance', 'education', 'recruitment', 'skills', 'counselling', 'employer_services')),
	CONSTRAINT "market_services_provider" CHECK (("market_services"."organisation_id" is null) <> ("market_services"."jurisdiction_code" is null))
);
--> statement-breakpoint
CREATE TABLE "offer_exceptions" (
	"offer_id" uuid NOT NULL,
	"day" date NOT NULL,
	"spans" jsonb NOT NULL,
	"note" text NOT NULL,
	CONSTRAINT "offer_exceptions_offer_id_day_pk" PRIMARY KEY("offer_id","day")
);
--> statement-breakpoint
CREATE TABLE "service_offers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"service_id" uuid NOT NULL,
	"site_id" text NOT NULL,
	"room" text NOT NULL,
	"week" jsonb NOT NULL,
	"breaks" jsonb NOT NULL,
	"holidays" text NOT NULL,
	"slot_min" integer NOT NULL,
	"buffer_min" integer NOT NULL,
	"lead_min" integer NOT NULL,
	"horizon_days" integer NOT NULL,
	"counters" integer NOT NULL,
	"capacity" integer NOT NULL,
	"is_bookable" boolean NOT NULL,
	"has_tickets" boolean NOT NULL,
	"is_active" boolean NOT NULL,
	"version" integer NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "service_offers_once" UNIQUE("service_id","site_id"),
	CONSTRAINT "service_offers_holidays" CHECK ("service_offers"."holidays" in ('closed', 'as_usual')),
	CONSTRAINT "service_offers_counts" CHECK ("service_offers"."counters" > 0 and "service_offers"."capacity" > 0 and "service_offers"."slot_min" > 0),
	CONSTRAINT "service_offers_times" CHECK ("service_offers"."buffer_min" >= 0 and "service_offers"."lead_min" >= 0 and "service_offers"."horizon_days" >= 0)
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"offer_id" uuid NOT NULL,
	"day" date NOT NULL,
	"number" integer NOT NULL,
	"code_lookup" text NOT NULL,
	"state" text NOT NULL,
	"counter" integer,
	"taken_at" timestamp with time zone NOT NULL,
	"state_since" timestamp with time zone NOT NULL,
	CONSTRAINT "tickets_code_lookup_unique" UNIQUE("code_lookup"),
	CONSTRAINT "tickets_number" UNIQUE("offer_id","day","number"),
	CONSTRAINT "tickets_state" CHECK ("tickets"."state" in ('waiting', 'called', 'served', 'skipped', 'left'))
);
--> statement-breakpoint
CREATE TABLE "waiting_people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"offer_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone,
	"slot_starts_at" timestamp with time zone,
	CONSTRAINT "waiting_people_state" CHECK ("waiting_people"."state" in ('waiting', 'told', 'left')),
	CONSTRAINT "waiting_people_days" CHECK ("waiting_people"."from_day" <= "waiting_people"."to_day")
);
--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_offer_id_service_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."service_offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market_services" ADD CONSTRAINT "market_services_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market_services" ADD CONSTRAINT "market_services_jurisdiction_code_jurisdictions_code_fk" FOREIGN KEY ("jurisdiction_code") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer_exceptions" ADD CONSTRAINT "offer_exceptions_offer_id_service_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."service_offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_offers" ADD CONSTRAINT "service_offers_service_id_market_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."market_services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_offers" ADD CONSTRAINT "service_offers_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_offer_id_service_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."service_offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_people" ADD CONSTRAINT "waiting_people_offer_id_service_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."service_offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appointment_messages_due" ON "appointment_messages" USING btree ("next_try_at") WHERE "appointment_messages"."next_try_at" is not null;--> statement-breakpoint
CREATE INDEX "appointments_by_person" ON "appointments" USING btree ("user_id",lower("during"));--> statement-breakpoint
CREATE INDEX "appointments_by_offer" ON "appointments" USING btree ("offer_id",lower("during"),"id");--> statement-breakpoint
CREATE INDEX "appointments_in_time" ON "appointments" USING btree (lower("during"),"id");--> statement-breakpoint
CREATE INDEX "market_services_by_category" ON "market_services" USING btree ("is_active","category");--> statement-breakpoint
CREATE INDEX "market_services_by_organisation" ON "market_services" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "market_services_by_jurisdiction" ON "market_services" USING btree ("jurisdiction_code");--> statement-breakpoint
CREATE INDEX "service_offers_by_site" ON "service_offers" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "tickets_in_order" ON "tickets" USING btree ("offer_id","day","state","number");--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_people_once" ON "waiting_people" USING btree ("offer_id","user_id") WHERE "waiting_people"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "waiting_people_in_order" ON "waiting_people" USING btree ("offer_id","state","created_at","id");--> statement-breakpoint
CREATE INDEX "waiting_people_told" ON "waiting_people" USING btree ("told_at") WHERE "waiting_people"."slot_starts_at" is not null;--> statement-breakpoint
CREATE INDEX "waiting_people_by_person" ON "waiting_people" USING btree ("user_id");--> statement-breakpoint
-- A seat is one person's at a time, whoever races for it and by whichever way a row comes in. A seat that was served or
-- missed stays taken, so that nobody is booked into the past of another.
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_no_seat_twice"
  EXCLUDE USING gist ("offer_id" WITH =, "counter" WITH =, "seat" WITH =, "during" WITH &&) WHERE ("state" <> 'cancelled');
--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_one_place_at_a_time"
  EXCLUDE USING gist ("user_id" WITH =, "during" WITH &&) WHERE ("state" = 'booked');
