CREATE TABLE "insurer_payments" (
	"insurer_id" text NOT NULL,
	"reference" text NOT NULL,
	"claim_number" text NOT NULL,
	"claim_id" uuid,
	"paid_fen" bigint NOT NULL,
	"paid_on" date NOT NULL,
	"outcome" text NOT NULL,
	"received_by" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "insurer_payments_insurer_id_reference_pk" PRIMARY KEY("insurer_id","reference"),
	CONSTRAINT "insurer_payments_outcome" CHECK ("insurer_payments"."outcome" in ('open', 'paid', 'unknown_claim', 'not_approved', 'amount_differs', 'paid_before')),
	CONSTRAINT "insurer_payments_paid" CHECK ("insurer_payments"."paid_fen" > 0)
);
--> statement-breakpoint
CREATE TABLE "settlements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"day" date NOT NULL,
	"insurer_id" text,
	"reference" text NOT NULL,
	"made_by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "settlements_kind" CHECK ("settlements"."kind" in ('subsidy_received', 'premium_transferred')),
	CONSTRAINT "settlements_amount" CHECK ("settlements"."amount_fen" > 0),
	CONSTRAINT "settlements_insurer" CHECK (("settlements"."kind" = 'premium_transferred') = ("settlements"."insurer_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "day_closes" DROP CONSTRAINT "day_closes_day_payer_pk";--> statement-breakpoint
ALTER TABLE "covers" ADD COLUMN "employer_id" text;--> statement-breakpoint
ALTER TABLE "day_closes" ADD COLUMN "insurer_id" text NOT NULL;--> statement-breakpoint
ALTER TABLE "day_closes" ADD CONSTRAINT "day_closes_day_payer_insurer_id_pk" PRIMARY KEY("day","payer","insurer_id");--> statement-breakpoint
ALTER TABLE "insurer_payments" ADD CONSTRAINT "insurer_payments_insurer_id_organisations_id_fk" FOREIGN KEY ("insurer_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "insurer_payments" ADD CONSTRAINT "insurer_payments_claim_id_claims_id_fk" FOREIGN KEY ("claim_id") REFERENCES "public"."claims"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_insurer_id_organisations_id_fk" FOREIGN KEY ("insurer_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "insurer_payments_by_claim" ON "insurer_payments" USING btree ("claim_id");--> statement-breakpoint
ALTER TABLE "day_closes" ADD CONSTRAINT "day_closes_insurer_id_organisations_id_fk" FOREIGN KEY ("insurer_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "covers_by_days" ON "covers" USING brin ("days") WITH (autosummarize=true);
--> statement-breakpoint
UPDATE "covers" SET "employer_id" = e."employer_id" FROM "enrolments" e WHERE e."id" = "covers"."enrolment_id" AND e."employer_id" IS NOT NULL;
--> statement-breakpoint
CREATE FUNCTION set_employer_of_cover() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT employer_id INTO NEW.employer_id FROM enrolments WHERE id = NEW.enrolment_id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER covers_employer BEFORE INSERT OR UPDATE OF enrolment_id, payer ON covers
  FOR EACH ROW WHEN (NEW.payer = 'employer') EXECUTE FUNCTION set_employer_of_cover();
--> statement-breakpoint
ALTER TABLE "covers" ADD CONSTRAINT "covers_employer" CHECK (("covers"."payer" = 'employer') = ("covers"."employer_id" is not null));
--> statement-breakpoint
CREATE STATISTICS covers_shapes (ndistinct) ON employer_id, days FROM covers;
--> statement-breakpoint
CREATE TRIGGER settlements_append_only BEFORE UPDATE OR DELETE ON settlements
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
