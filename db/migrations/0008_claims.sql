CREATE TABLE "claim_messages" (
	"claim_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"next_try_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "claim_messages_claim_id_version_kind_pk" PRIMARY KEY("claim_id","version","kind")
);
--> statement-breakpoint
CREATE TABLE "claim_reviews" (
	"sample_id" uuid NOT NULL,
	"claim_id" uuid NOT NULL,
	"reviewer_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"agrees" boolean NOT NULL,
	"reviewed_fen" bigint,
	"difference_fen" bigint NOT NULL,
	"findings" jsonb NOT NULL,
	"words_sealed" text,
	CONSTRAINT "claim_reviews_sample_id_claim_id_pk" PRIMARY KEY("sample_id","claim_id")
);
--> statement-breakpoint
CREATE TABLE "claim_sample_items" (
	"sample_id" uuid NOT NULL,
	"claim_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"drawn_by" text NOT NULL,
	"decided_version" integer NOT NULL,
	"decided_fen" bigint NOT NULL,
	CONSTRAINT "claim_sample_items_sample_id_claim_id_pk" PRIMARY KEY("sample_id","claim_id"),
	CONSTRAINT "claim_sample_items_drawn_by" CHECK ("claim_sample_items"."drawn_by" in ('value', 'random'))
);
--> statement-breakpoint
CREATE TABLE "claim_samples" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seed" text NOT NULL,
	"algorithm" text NOT NULL,
	"size" integer NOT NULL,
	"value_percent" integer NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"frame_count" integer NOT NULL,
	"frame_fen" bigint NOT NULL,
	"frame_hash" text NOT NULL,
	"drawn_by" text NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	CONSTRAINT "claim_samples_size" CHECK ("claim_samples"."size" between 1 and 1000 and "claim_samples"."value_percent" between 0 and 100),
	CONSTRAINT "claim_samples_days" CHECK ("claim_samples"."from_day" <= "claim_samples"."to_day")
);
--> statement-breakpoint
ALTER TABLE "claims" ADD COLUMN "enrolment_id" uuid;--> statement-breakpoint
ALTER TABLE "claim_messages" ADD CONSTRAINT "claim_messages_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_reviews" ADD CONSTRAINT "claim_reviews_item" FOREIGN KEY ("sample_id","claim_id") REFERENCES "public"."claim_sample_items"("sample_id","claim_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_sample_items" ADD CONSTRAINT "claim_sample_items_sample_id_claim_samples_id_fk" FOREIGN KEY ("sample_id") REFERENCES "public"."claim_samples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claim_sample_items" ADD CONSTRAINT "claim_sample_items_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claim_messages_to_send" ON "claim_messages" USING btree ("next_try_at") WHERE "claim_messages"."next_try_at" is not null;--> statement-breakpoint
CREATE INDEX "claim_sample_items_by_claim" ON "claim_sample_items" USING btree ("claim_id");--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_enrolment_id_enrolments_id_fk" FOREIGN KEY ("enrolment_id") REFERENCES "public"."enrolments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claims_by_enrolment" ON "claims" USING btree ("enrolment_id");--> statement-breakpoint
CREATE INDEX "claims_by_queue" ON "claims" USING btree (coalesce("due_at", 'infinity'),"id");--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_paid" CHECK (coalesce("claims"."paid_fen", 0) <= coalesce("claims"."approved_fen", 0));--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_approved" CHECK (coalesce("claims"."approved_fen", 0) <= coalesce("claims"."assessed_fen", 0));--> statement-breakpoint
CREATE TRIGGER claim_samples_append_only BEFORE UPDATE OR DELETE ON claim_samples
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER claim_sample_items_append_only BEFORE UPDATE OR DELETE ON claim_sample_items
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER claim_reviews_append_only BEFORE UPDATE OR DELETE ON claim_reviews
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
