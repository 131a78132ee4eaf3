// Compiles fener.scss into ../static/web/fener.css: `npm install && npm run build` in this folder.
// govuk-frontend writes left and right; Arabic reads the other way, so sides become logical here, once.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = process.env.FENER_NODE_MODULES || join(here, "node_modules");

const { css } = sass.compile(join(here, "fener.scss"), {
  loadPaths: [modules],
  quietDeps: true,
  style: "expanded",
});

const LOGICAL = [
  [/\b(margin|padding)-left\b/g, "$1-inline-start"],
  [/\b(margin|padding)-right\b/g, "$1-inline-end"],
  [/\bborder-left\b(?!-radius)/g, "border-inline-start"],
  [/\bborder-right\b(?!-radius)/g, "border-inline-end"],
  [/\bborder-left-(width|color|style)\b/g, "border-inline-start-$1"],
  [/(?<=[{;\s])left:/g, "inset-inline-start:"],
  [/(?<=[{;\s])right:/g, "inset-inline-end:"],
  [/(text-align|float|clear):\s*left\b/g, (_, p) => `${p}: ${p === "text-align" ? "start" : "inline-start"}`],
  [/(text-align|float|clear):\s*right\b/g, (_, p) => `${p}: ${p === "text-align" ? "end" : "inline-end"}`],
];

const logical = LOGICAL.reduce((text, [from, to]) => text.replace(from, to), css);
writeFileSync(join(here, "../static/web/fener.css"), logical.replace(/\n{2,}/g, "\n") + "\n");
