// Starts aimock with the answers that test_peers.c expects; the folder of its package and the port are arguments.
import { createRequire } from "node:module";

const require = createRequire(process.argv[2] + "/package.json");
const { LLMock } = require("@copilotkit/aimock");
const mock = new LLMock({ host: "127.0.0.1", port: Number(process.argv[3]), chunkSize: 3 });
mock.onMessage("limit", {
    error: { message: "slow down, please", type: "rate_limit_error" },
    status: 429,
});
mock.onMessage("cut", { content: "one two three four five six seven eight" }, { latency: 20, truncateAfterChunks: 3 });
mock.onMessage("halo", { content: "Halo, Kak! Apa kabar? ☺ 👩‍💻 \"tiga\" \\ empat\nlima" });
await mock.start();
