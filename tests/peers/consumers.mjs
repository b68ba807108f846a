// usage: consumers.mjs MODULES FOLDER schemas | template | duckdb: reads the exports with what npm has to read them.
import { readFileSync } from "fs";
import { createRequire } from "module";
import assert from "assert/strict";

const [modules, folder, how] = process.argv.slice(2);
const load = createRequire(modules + "/package.json");
const text = name => readFileSync(folder + "/" + name, "utf8");
const lines = name => text(name + ".jsonl").trimEnd().split("\n").map(line => JSON.parse(line));

// ---- a schema of each form ----

const string = { type: "string" }, number = { type: "number" }, integer = { type: "integer" }, boolean = { type: "boolean" };
const list = (items, least = 0) => ({ type: "array", items, minItems: least });
const one = items => ({ type: "array", items, minItems: 1, maxItems: 1 });
const word = (...words) => ({ enum: words });
// All keys must be there, and no other.
const object = properties => ({ type: "object", properties, required: Object.keys(properties), additionalProperties: false });
const message = object({ role: word("system", "user", "assistant"), content: string });
const assistant = object({ role: word("assistant"), content: string });
const spoken = object({ from: word("system", "human", "gpt"), value: string });
const gpt = object({ from: word("gpt"), value: string });
const counted = object({ role: word("user", "assistant"), content: string, num_tokens: integer });
const parts = role => object({ role: word(...role), content: one(object({ type: word("text"), text: string,
    image: { type: "null" }, mimeType: { type: "null" } })) });
const headers = object(Object.fromEntries([1, 2, 3, 4, 5, 6].map(n => ["h" + n, integer])));
const lists = object({ ordered: integer, unordered: integer }), bold = object({ "**": integer, "__": integer });
const weights = object(Object.fromEntries(["greeting", "emotional", "cultural", "business_simple", "business_complex",
    "general"].map(name => [name, number])));
const schemas = {
    trl: object({ prompt: list(message, 1), chosen: one(assistant), rejected: one(assistant), margin: number }),
    kto: object({ prompt: list(message, 1), completion: one(assistant), label: boolean }),
    "openai-dpo": object({ input: object({ messages: list(message, 1), tools: list({}), parallel_tool_calls: boolean }),
        preferred_output: one(assistant), non_preferred_output: one(assistant) }),
    sharegpt: object({ conversations: list(spoken, 1), chosen: gpt, rejected: gpt }),
    "llamafactory-kto": object({ conversations: list(spoken, 2), kto_tag: boolean }),
    arena: object({ question_id: string, model_a: string, model_b: string,
        winner: word("model_a", "model_b", "tie", "tie (bothbad)"), judge: { type: "string", pattern: "^arena_user_" },
        conversation_a: list(counted, 2), conversation_b: list(counted, 2), turn: integer, anony: boolean,
        language: string, tstamp: number }),
    "arena-140k": object({ id: string, model_a: string, model_b: string, winner: word("model_a", "model_b", "tie", "both_bad"),
        evaluation_session_id: string, evaluation_order: integer, conversation_a: list(parts(["user", "assistant"]), 2),
        conversation_b: list(parts(["user", "assistant"]), 2),
        full_conversation: list(object({ user: parts(["user"]), model_side_a: parts(["assistant"]),
            model_side_b: parts(["assistant"]) }), 1),
        conv_metadata: object({ header_count_a: headers, header_count_b: headers, list_count_a: lists, list_count_b: lists,
            bold_count_a: bold, bold_count_b: bold, sum_assistant_a_tokens: integer, sum_assistant_b_tokens: integer,
            context_a_tokens: integer, context_b_tokens: integer, sum_user_tokens: integer, turns: integer }),
        category_tag: object({ berdua: weights }), language: string, is_code: boolean,
        timestamp: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$" } }),
    routellm: object({ idx: integer, model_a: string, model_b: string, winner: word("model_a", "model_b") }),
};

// LLaMA-Factory skips rows that it does not like, with a warning only.
function alternates(conversations, odd) {
    const said = conversations.filter((turn, i) => i > 0 || turn.from !== "system");
    assert.equal(said.length % 2, odd);
    said.forEach((turn, i) => assert.equal(turn.from, i % 2 ? "gpt" : "human"));
}

function validate() {
    const Ajv = load("ajv").default;
    for (const [name, schema] of Object.entries(schemas)) {
        const valid = new Ajv({ allErrors: true, strict: true }).compile(schema);
        const rows = name === "arena" || name === "routellm" ? JSON.parse(text(name + ".json")) : lines(name);
        assert(rows.length >= 3, name);
        for (const row of rows) assert(valid(row), name + ": " + JSON.stringify(valid.errors) + JSON.stringify(row));
    }
    lines("sharegpt").forEach(row => alternates(row.conversations, 1));
    lines("llamafactory-kto").forEach(row => alternates(row.conversations, 0));
    // Both bad: two rows that nobody wants.
    assert.deepEqual(lines("kto").map(row => row.label), [true, false, true, false, false, false, true, false]);
}

// ---- a chat template of the kind that Llama 3.1 has ----

const template = "{{- bos_token }}{%- if messages[0]['role'] == 'system' %}{%- set system = messages[0]['content'] | trim %}" +
    "{%- set messages = messages[1:] %}{%- else %}{%- set system = '' %}{%- endif %}" +
    "{{- '<|start_header_id|>system<|end_header_id|>\\n\\n' + system + '<|eot_id|>' }}" +
    "{%- for message in messages %}{%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}" +
    "{{- raise_exception('roles must alternate') }}{%- endif %}" +
    "{{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' }}" +
    "{%- endfor %}{%- if add_generation_prompt %}{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{%- endif %}";

function render() {
    const { Template } = load("@huggingface/jinja");
    const compiled = new Template(template);
    const say = (messages, more) => compiled.render({ messages, bos_token: "<|begin_of_text|>",
        add_generation_prompt: more });
    const rows = lines("trl").flatMap(row => [[row.prompt, row.chosen], [row.prompt, row.rejected]])
        .concat(lines("kto").map(row => [row.prompt, row.completion]));
    assert(rows.length >= 10);
    for (const [prompt, answer] of rows) {
        const asked = say(prompt, true), whole = say([...prompt, ...answer], false);
        // TRL cuts the prompt off what both are rendered to.
        assert(whole.startsWith(asked), whole);
        assert.equal(whole.slice(asked.length), answer[0].content.trim() + "<|eot_id|>");
    }
}

// ---- DuckDB ----

async function query() {
    const { DuckDBInstance } = load("@duckdb/node-api");
    const db = await (await DuckDBInstance.create(":memory:")).connect();
    const rows = async sql => (await db.runAndReadAll(sql)).getRowObjectsJson();
    const people = lines("native").filter(row => !row.judge);
    // strict_mode, and no row is skipped or padded: a ragged one fails.
    const options = "header = true, strict_mode = true, ignore_errors = false, null_padding = false, delim = ',', quote = '\"', " +
        "escape = '\"', all_varchar = true";
    const table = await rows(`SELECT * FROM read_csv('${folder}/csv.csv', ${options}) ORDER BY id`);
    assert.equal(table.length, people.length);
    people.sort((a, b) => a.id < b.id ? -1 : 1).forEach((row, i) => {
        assert.equal(table[i].id, row.id);
        assert.equal(table[i].message ?? "", row.message);
        assert.equal(table[i].claude_text ?? "", row.answers.claude.text);
        assert.equal(table[i].llama_text ?? "", row.answers.llama.text);
    });
    const votes = await rows(`SELECT sum(winner_model_a::INT) + sum(winner_model_b::INT) + sum(winner_tie::INT) AS n,
        count(*) AS rows FROM read_csv('${folder}/arena-55k.csv', ${options})`);
    assert.equal(Number(votes[0].n), Number(votes[0].rows));
    for (const name of ["native", "trl", "kto", "openai-dpo", "sharegpt", "llamafactory-kto", "arena-140k"]) {
        const read = await rows(`SELECT count(*) AS n FROM read_json('${folder}/${name}.jsonl', format = 'newline_delimited')`);
        assert.equal(Number(read[0].n), lines(name).length, name);
    }
    const margins = await rows(`SELECT typeof(margin) AS t FROM read_json('${folder}/trl.jsonl', format = 'newline_delimited')`);
    assert(margins.every(row => row.t === "DOUBLE"));
}

await { schemas: validate, template: render, duckdb: query }[how]();
