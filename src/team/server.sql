-- What `berdua team init` makes on a team's PostgreSQL; harmless where it is there already. Everybody's events in one table,
-- known by origin (one for each database file) and number. Nothing in it changes, but what somebody removes loses its payload:
-- its digest stays, so that all can see that they have the same.
BEGIN;
SELECT pg_advisory_xact_lock(7237443);
CREATE SCHEMA IF NOT EXISTS berdua;

CREATE TABLE IF NOT EXISTS berdua.origin (
    origin uuid PRIMARY KEY,
    joined timestamptz NOT NULL DEFAULT now());

CREATE TABLE IF NOT EXISTS berdua.event (
    origin uuid NOT NULL,
    seq bigint NOT NULL CHECK (seq > 0),
    kind text NOT NULL,
    version integer NOT NULL,
    payload text,
    sha256 text NOT NULL,
    received timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (origin, seq));
CREATE INDEX IF NOT EXISTS event_sha256 ON berdua.event (sha256);

CREATE OR REPLACE FUNCTION berdua.keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.payload IS NULL AND (NEW.origin, NEW.seq, NEW.kind, NEW.version, NEW.sha256, NEW.received)
            = (OLD.origin, OLD.seq, OLD.kind, OLD.version, OLD.sha256, OLD.received) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'berdua.event is append-only';
END $$;
DROP TRIGGER IF EXISTS keep ON berdua.event;
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON berdua.event FOR EACH ROW EXECUTE PROCEDURE berdua.keep();
DROP TRIGGER IF EXISTS keep_all ON berdua.event;
CREATE TRIGGER keep_all BEFORE TRUNCATE ON berdua.event FOR EACH STATEMENT EXECUTE PROCEDURE berdua.keep();

-- Text that is no JSON gives NULL; \u0000 has no place in PostgreSQL's.
CREATE OR REPLACE FUNCTION berdua.as_json(t text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN replace(t, '\u0000', '\ufffd')::jsonb;
EXCEPTION WHEN others THEN
    RETURN NULL;
END $$;

-- An event of kind "removed" names the digests of earlier events of its origin.
CREATE OR REPLACE FUNCTION berdua.remove() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE berdua.event SET payload = NULL
    WHERE origin = NEW.origin AND seq < NEW.seq AND payload IS NOT NULL
        AND berdua.as_json(NEW.payload) -> 'sha256' ? sha256;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS remove ON berdua.event;
CREATE TRIGGER remove AFTER INSERT ON berdua.event FOR EACH ROW
    WHEN (NEW.kind = 'removed') EXECUTE PROCEDURE berdua.remove();

CREATE OR REPLACE FUNCTION berdua.tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('berdua', '');
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS tell ON berdua.event;
CREATE TRIGGER tell AFTER INSERT ON berdua.event FOR EACH STATEMENT EXECUTE PROCEDURE berdua.tell();

-- For analysts: the newest that is said about each thing.
CREATE OR REPLACE VIEW berdua.newest AS
    SELECT DISTINCT ON (kind, coalesce(j ->> 'id', origin || ':' || seq)) kind, origin, seq, received, j
    FROM (SELECT *, berdua.as_json(payload) AS j FROM berdua.event WHERE payload IS NOT NULL) e
    ORDER BY kind, coalesce(j ->> 'id', origin || ':' || seq), received DESC, seq DESC;

CREATE OR REPLACE VIEW berdua.session AS
    SELECT j ->> 'id' AS id, j ->> 'user' AS "user", j ->> 'title' AS title,
        to_timestamp((j ->> 'started_us')::numeric / 1000000) AS started, origin
    FROM berdua.newest WHERE kind = 'session';

CREATE OR REPLACE VIEW berdua.turn AS
    SELECT j ->> 'id' AS id, j ->> 'session' AS session, (j ->> 'seq')::bigint AS seq,
        to_timestamp((j ->> 'at_us')::numeric / 1000000) AS at, j ->> 'message' AS message, j ->> 'mode' AS mode,
        j ->> 'category' AS category, j ->> 'language' AS language, j ->> 'served' AS served,
        j ->> 'canonical' AS canonical, berdua.as_json(j ->> 'route') AS route,
        berdua.as_json(j ->> 'context') AS context, origin
    FROM berdua.newest WHERE kind = 'turn';

CREATE OR REPLACE VIEW berdua.answer AS
    SELECT j ->> 'id' AS id, j ->> 'turn' AS turn, j ->> 'session' AS session, j ->> 'brain' AS brain,
        (j ->> 'attempt')::integer AS attempt, j ->> 'provider' AS provider, j ->> 'model' AS model,
        j ->> 'role' AS role, j ->> 'status' AS status, j ->> 'text' AS text,
        (j ->> 'ttft_us')::numeric / 1000 AS ttft_ms, (j ->> 'total_us')::numeric / 1000 AS total_ms,
        (j ->> 'tokens_in')::bigint AS tokens_in, (j ->> 'tokens_out')::bigint AS tokens_out,
        (j ->> 'cost_usd')::numeric AS cost_usd, (j ->> 'warmth')::numeric AS warmth,
        (j ->> 'cultural')::numeric AS cultural, j ->> 'error_kind' AS error_kind, origin
    FROM berdua.newest WHERE kind = 'answer';

-- Every event of a verdict: judgements, undo, notes, details.
CREATE OR REPLACE VIEW berdua.verdict AS
    SELECT j ->> 'id' AS id, j ->> 'turn' AS turn, j ->> 'session' AS session,
        to_timestamp((j ->> 'at_us')::numeric / 1000000) AS at, j ->> 'kind' AS kind, j ->> 'rater' AS rater,
        j ->> 'origin' AS given_in, (j ->> 'try')::integer AS try, (j ->> 'blind') = '1' AS blind,
        j ->> 'left_brain' AS "left", j ->> 'strength' AS strength, j ->> 'note' AS note,
        j ->> 'flags' AS flags, j ->> 'raised' AS raised, j ->> 'drawn_by' AS drawn_by,
        j ->> 'claude_answer' AS claude_answer, j ->> 'llama_answer' AS llama_answer, origin
    FROM berdua.newest WHERE kind = 'verdict';

-- A judgement with what was asked and answered.
CREATE OR REPLACE VIEW berdua.judged AS
    SELECT v.id, v.at, v.rater, v.kind AS winner, v.blind, v.note, t.category, t.language, t.message,
        c.model AS claude_model, c.text AS claude_text, l.model AS llama_model, l.text AS llama_text, v.origin
    FROM berdua.verdict v JOIN berdua.turn t ON t.id = v.turn
    LEFT JOIN berdua.answer c ON c.id = v.claude_answer LEFT JOIN berdua.answer l ON l.id = v.llama_answer
    WHERE v.kind IN ('claude', 'llama', 'tie', 'both_bad');

CREATE OR REPLACE VIEW berdua.rollout_step AS
    SELECT to_timestamp((j ->> 'at_us')::numeric / 1000000) AS at, j ->> 'category' AS category,
        (j ->> 'from_percent')::numeric AS from_percent, (j ->> 'to_percent')::numeric AS to_percent,
        j ->> 'by' AS by, j ->> 'reason' AS reason, origin
    FROM berdua.newest WHERE kind = 'rollout_step';
COMMIT;
