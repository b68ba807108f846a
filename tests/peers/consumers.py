# usage: consumers.py FOLDER: pandas reads the exports and finds the texts as they were written.
import json
import sys

import pandas

folder = sys.argv[1]
native = [json.loads(line) for line in open(folder + "/native.jsonl", encoding="utf-8", newline="\n")]
people = {r["id"]: r for r in native if not r["judge"]}
table = pandas.read_csv(folder + "/csv.csv", keep_default_na=False, lineterminator="\n")
assert len(table) == len(people), (len(table), len(people))
assert table["ts"].dtype == float and table["turn"].dtype == int
for row in table.to_dict("records"):
    r = people[row["id"]]
    assert row["message"] == r["message"], row["id"]
    assert row["claude_text"] == r["answers"]["claude"]["text"], row["id"]
    assert row["llama_text"] == r["answers"]["llama"]["text"], row["id"]
    assert row["winner"] == r["winner"]

battles = pandas.read_csv(folder + "/arena-55k.csv")
votes = battles[["winner_model_a", "winner_model_b", "winner_tie"]]
assert (votes.sum(axis=1) == 1).all()
for column in "prompt", "response_a", "response_b":
    assert all(isinstance(json.loads(cell), list) for cell in battles[column])

for name in "trl", "kto", "sharegpt", "llamafactory-kto", "openai-dpo", "arena-140k":
    rows = pandas.read_json(folder + "/" + name + ".jsonl", lines=True)
    assert len(rows) > 0 and (name == "arena-140k" or not rows.isnull().values.any()), name
arena = pandas.read_json(folder + "/arena.json")
assert set(arena["winner"]) <= {"model_a", "model_b", "tie", "tie (bothbad)"}
assert arena["tstamp"].is_monotonic_increasing
assert list(pandas.read_json(folder + "/routellm.json")["idx"]) == list(range(3 + 1))
