// Opens a page in Chromium as a reader would: by day and by night, on a narrow screen, with the keyboard alone, on paper.
// Prints what was seen as one JSON object. usage: page.mjs FOLDER_OF_NODE_MODULES CHROMIUM FILE PDF
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [folder, chromium, file, pdf] = process.argv.slice(2);
const require = createRequire(folder + "/");
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const env = { ...process.env, HOME: process.env.PEER_DIR };
if (process.env.PEER_CHROMIUM_LIBRARIES) env.LD_LIBRARY_PATH = process.env.PEER_CHROMIUM_LIBRARIES;
const browser = await puppeteer.launch({
    executablePath: chromium, headless: true, env, userDataDir: process.env.PEER_DIR + "/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
});
const seen = { requests: [], complaints: [] };
const page = await browser.newPage();
page.on("request", r => r.url() === "file://" + file || seen.requests.push(r.url()));
page.on("console", m => seen.complaints.push(m.text()));
page.on("pageerror", e => seen.complaints.push(String(e)));
page.on("dialog", d => { seen.complaints.push("dialog: " + d.message()); d.dismiss(); });

async function open(scheme, width) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setViewport({ width, height: 900 });
    await page.goto("file://" + file);
}
for (const scheme of ["light", "dark"]) {
    await open(scheme, 1200);
    await page.evaluate(() => document.querySelectorAll("details").forEach(d => d.open = true));
    seen[scheme] = await page.evaluate(() => ({
        background: getComputedStyle(document.body).backgroundColor,
        color: getComputedStyle(document.body).color,
        charts: document.querySelectorAll("svg.chart").length,
        // A chart that was drawn has a size, and so have its shapes.
        drawn: [...document.querySelectorAll("svg.chart")].filter(s => s.getBoundingClientRect().width > 100
            && [...s.querySelectorAll("rect, circle, polyline")].every(e => e.getBoundingClientRect().height >= 0)).length,
        tables: [...document.querySelectorAll("svg.chart")].filter(s => {
            const rest = [...document.querySelectorAll("svg.chart, table")];
            return rest[rest.indexOf(s) + 1]?.tagName === "TABLE";
        }).length,
        scripts: document.scripts.length,
        json: document.getElementById("report-json").textContent,
        digest: document.getElementById("report-sha256").textContent,
    }));
    await page.evaluate(axe);
    const result = await page.evaluate(() => axe.run());
    seen[scheme].rules_passed = result.passes.length;
    seen[scheme].violations = result.violations.filter(v => v.impact === "serious" || v.impact === "critical")
        .map(v => v.id + ": " + v.nodes[0].html);
    seen[scheme].digest_holds =
        createHash("sha256").update(seen[scheme].json, "utf8").digest("hex") === seen[scheme].digest;
    delete seen[scheme].json;
}
await open("light", 400);
seen.narrow = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
// With the keyboard alone: Tab reaches a definition, Enter opens it.
for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.parentElement?.className === "what")) break;
}
await page.keyboard.press("Enter");
seen.definition_opens = await page.evaluate(() => document.activeElement.parentElement?.open === true);
await page.pdf({ path: pdf, format: "A4" });
await browser.close();
console.log(JSON.stringify(seen));
