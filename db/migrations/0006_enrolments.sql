ALTER TABLE "enrolments" ADD COLUMN "bought_days" jsonb;
