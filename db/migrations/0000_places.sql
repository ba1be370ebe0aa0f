CREATE EXTENSION IF NOT EXISTS postgis;
--> statement-breakpoint
CREATE TABLE "crossings" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"kind" text NOT NULL,
	"line" geometry(LineString,4326) NOT NULL,
	"modes" text[] NOT NULL,
	"enabled" boolean NOT NULL,
	"precision_m" integer NOT NULL,
	"basis" text NOT NULL,
	"source" text NOT NULL,
	"certainty" text NOT NULL,
	CONSTRAINT "crossings_kind" CHECK ("crossings"."kind" in ('bridge', 'tunnel', 'causeway', 'ferry'))
);
--> statement-breakpoint
CREATE TABLE "jurisdictions" (
	"code" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"name_en" text,
	"parent_code" text,
	"shape" geometry(MultiPolygon,4326),
	"shape_precision_m" integer,
	"source" text NOT NULL,
	"source_date" date,
	CONSTRAINT "jurisdictions_kind" CHECK ("jurisdictions"."kind" in ('district', 'street', 'town'))
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"name_en" text,
	"source" text,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "organisations_kind" CHECK ("organisations"."kind" in ('government', 'union', 'bank', 'petrol_station', 'mall', 'park', 'platform', 'insurer', 'community', 'other'))
);
--> statement-breakpoint
CREATE TABLE "reach_zones" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"shape" geometry(MultiPolygon,4326) NOT NULL,
	"precision_m" integer NOT NULL,
	"source" text NOT NULL,
	"licence" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_points" (
	"site_id" text NOT NULL,
	"service" text NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	"hours" text,
	"season" text,
	"price" text,
	"price_note" text,
	"capacity" integer,
	"facilities" jsonb,
	"note" text,
	CONSTRAINT "service_points_site_id_service_pk" PRIMARY KEY("site_id","service"),
	CONSTRAINT "service_points_service" CHECK ("service_points"."service" in ('rest', 'free_meal', 'water', 'insurance_office', 'mediation', 'legal_aid', 'union_desk', 'government_desk', 'platform_desk', 'driver_home', 'employment', 'social_insurance', 'education', 'recruitment', 'skills', 'counselling')),
	CONSTRAINT "service_points_price" CHECK ("service_points"."price" in ('free', 'discount', 'paid')),
	CONSTRAINT "service_points_capacity" CHECK ("service_points"."capacity" > 0)
);
--> statement-breakpoint
CREATE TABLE "site_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"site_id" text NOT NULL,
	"kind" text NOT NULL,
	"facility" text,
	"note" text,
	"observed_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "site_reports_kind" CHECK ("site_reports"."kind" in ('locked', 'no_water', 'moved', 'closed_for_good', 'hours_wrong', 'facility_wrong', 'confirmed'))
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text,
	"district_code" text,
	"street_code" text,
	"organisation_id" text,
	"address" text,
	"phone" text,
	"status" text DEFAULT 'open' NOT NULL,
	"status_until" date,
	"replaced_by" text,
	"access" text DEFAULT 'unknown' NOT NULL,
	"access_note" text,
	"point" geometry(Point,4326),
	"precision_m" integer,
	"original_lng" double precision,
	"original_lat" double precision,
	"original_crs" text,
	"coordinate_basis" text,
	"location_status" text DEFAULT 'unknown' NOT NULL,
	"location_date" date,
	"location_source" text,
	"hours_status" text DEFAULT 'unknown' NOT NULL,
	"hours_date" date,
	"hours_source" text,
	"facilities_status" text DEFAULT 'unknown' NOT NULL,
	"facilities_date" date,
	"facilities_source" text,
	"reported" jsonb,
	"source" text,
	"source_date" text,
	"note" text,
	"demo" boolean DEFAULT false NOT NULL,
	"was_public" boolean DEFAULT false NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sites_status" CHECK ("sites"."status" in ('planned', 'open', 'closed_for_now', 'closed_for_good', 'replaced')),
	CONSTRAINT "sites_access" CHECK ("sites"."access" in ('open', 'ask', 'code', 'staff', 'unknown')),
	CONSTRAINT "sites_original_crs" CHECK ("sites"."original_crs" in ('WGS84', 'GCJ02', 'BD09')),
	CONSTRAINT "sites_location_status" CHECK ("sites"."location_status" in ('verified', 'reported', 'disputed', 'unknown')),
	CONSTRAINT "sites_hours_status" CHECK ("sites"."hours_status" in ('verified', 'reported', 'disputed', 'unknown')),
	CONSTRAINT "sites_facilities_status" CHECK ("sites"."facilities_status" in ('verified', 'reported', 'disputed', 'unknown')),
	CONSTRAINT "sites_point_has_precision" CHECK (("sites"."point" is null) = ("sites"."precision_m" is null)),
	CONSTRAINT "sites_precision_positive" CHECK ("sites"."precision_m" > 0),
	CONSTRAINT "sites_replaced_by" CHECK (("sites"."status" = 'replaced') = ("sites"."replaced_by" is not null)),
	CONSTRAINT "sites_not_replaced_by_itself" CHECK ("sites"."replaced_by" <> "sites"."id")
);
--> statement-breakpoint
CREATE TABLE "sites_version" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "sites_version_only_row" CHECK ("sites_version"."only")
);
--> statement-breakpoint
ALTER TABLE "jurisdictions" ADD CONSTRAINT "jurisdictions_parent_code_jurisdictions_code_fk" FOREIGN KEY ("parent_code") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_points" ADD CONSTRAINT "service_points_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_reports" ADD CONSTRAINT "site_reports_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_district_code_jurisdictions_code_fk" FOREIGN KEY ("district_code") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_street_code_jurisdictions_code_fk" FOREIGN KEY ("street_code") REFERENCES "public"."jurisdictions"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_replaced_by_sites_id_fk" FOREIGN KEY ("replaced_by") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "jurisdictions_parent_code_index" ON "jurisdictions" USING btree ("parent_code");--> statement-breakpoint
CREATE INDEX "service_points_by_service" ON "service_points" USING btree ("service","site_id");--> statement-breakpoint
CREATE INDEX "site_reports_site_id_received_at_index" ON "site_reports" USING btree ("site_id","received_at");--> statement-breakpoint
CREATE INDEX "sites_point_geography" ON "sites" USING gist (("point"::geography));--> statement-breakpoint
CREATE INDEX "sites_by_version" ON "sites" USING btree ("version");--> statement-breakpoint
CREATE INDEX "sites_by_street" ON "sites" USING btree ("street_code");--> statement-breakpoint
INSERT INTO "sites_version" ("value") VALUES (0);
--> statement-breakpoint
-- One version per transaction. The row lock on sites_version makes versions appear in the order of their commits, so
-- that a reader who has seen version n can ask for everything after n and miss nothing.
CREATE FUNCTION next_sites_version() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  mine text := current_setting('luyi.sites_version', true);
  fresh bigint;
BEGIN
  IF mine IS NOT NULL AND mine <> '' THEN
    RETURN mine::bigint;
  END IF;
  UPDATE sites_version SET value = value + 1 RETURNING value INTO fresh;
  PERFORM set_config('luyi.sites_version', fresh::text, true);
  RETURN fresh;
END $$;
--> statement-breakpoint
CREATE FUNCTION stamp_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := next_sites_version();
  NEW.updated_at := now();
  NEW.was_public := NEW.status IN ('open', 'closed_for_now') OR (TG_OP = 'UPDATE' AND OLD.was_public);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER stamp_site BEFORE INSERT OR UPDATE ON sites FOR EACH ROW EXECUTE FUNCTION stamp_site();
--> statement-breakpoint
-- A change to a service point is a change to its site; sites this transaction has stamped already are left alone.
CREATE FUNCTION touch_sites_of_service_points() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sites SET updated_at = now()
  WHERE id IN (SELECT site_id FROM changed) AND version <> next_sites_version();
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER touch_on_insert AFTER INSERT ON service_points
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_sites_of_service_points();
--> statement-breakpoint
CREATE TRIGGER touch_on_update AFTER UPDATE ON service_points
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_sites_of_service_points();
--> statement-breakpoint
CREATE TRIGGER touch_on_delete AFTER DELETE ON service_points
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION touch_sites_of_service_points();
--> statement-breakpoint
-- A site shows the name of its keeper.
CREATE FUNCTION touch_sites_of_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sites SET updated_at = now() WHERE organisation_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER touch_on_rename AFTER UPDATE OF name ON organisations
  FOR EACH ROW EXECUTE FUNCTION touch_sites_of_organisation();
--> statement-breakpoint
CREATE FUNCTION announce_sites_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('sites_changed', NEW.value::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER announce_sites_version AFTER UPDATE ON sites_version
  FOR EACH ROW EXECUTE FUNCTION announce_sites_version();
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: its rows are kept for good', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER site_reports_append_only BEFORE UPDATE OR DELETE ON site_reports
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER sites_never_deleted BEFORE DELETE ON sites FOR EACH ROW EXECUTE FUNCTION refuse_change();
