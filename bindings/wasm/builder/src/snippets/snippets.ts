// One request in the words of several tools. Tokens come from the environment, never from the page.
import { pretty } from "../pointer.ts";
import type { Sent } from "../request.ts";
import { javascript, literal, php, python } from "./literal.ts";

export interface Snippet {
  name: string;
  /** Written when it is looked at: most of them never are. */
  readonly text: string;
}

/** The environment variable that holds the token. */
export const tokenOf = (saas: boolean | undefined) => (saas ? "IMS_ACCESS_TOKEN" : "MAGENTO_TOKEN");

type Write = (request: Sent, url: string, base: string) => string;

const TOOLS: { name: string; write: Write; offered?: (request: Sent) => boolean }[] = [
  { name: "JSON", write: ({ body }) => pretty(body ?? ""), offered: ({ body }) => body !== null },
  { name: "curl", write: curl },
  { name: "HTTP", write: http },
  { name: "fetch", write: fetch },
  { name: "Python requests", write: pythonRequests },
  { name: "Python magewright", write: pythonMagewright, offered: (request) => magewrightCall(request) !== undefined },
  { name: "PHP", write: phpCurl },
];

/** Everything a request can be copied as. */
export function snippets(request: Sent, base: string): Snippet[] {
  const root = base.replace(/\/+$/, "");
  return TOOLS.filter(({ offered }) => offered?.(request) ?? true).map(({ name, write }) => ({
    name,
    get text() {
      return write(request, root + request.target, root);
    },
  }));
}

/** The headers whose values are no secret. */
function plainHeaders({ body, headers }: Sent): [name: string, value: string][] {
  return [...Object.entries(headers ?? {}), ...(body === null ? [] : [["Content-Type", "application/json"] as [string, string]])];
}

function curl(request: Sent, url: string): string {
  const { method, body, authorized, saas } = request;
  const parts = [`curl --request ${method} ${shell(url)}`];
  if (authorized) parts.push(`  --header "Authorization: Bearer $${tokenOf(saas)}"`);
  for (const [name, value] of plainHeaders(request)) parts.push(`  --header ${shell(`${name}: ${value}`)}`);
  if (body !== null) parts.push(`  --data ${shell(pretty(body))}`);
  return parts.join(" \\\n");
}

/** A text in single quotes, in which a shell reads nothing. */
export const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

function http(request: Sent, url: string): string {
  const { method, body, authorized } = request;
  const { host, pathname, search } = new URL(url, "http://localhost");
  const head = [`${method} ${pathname}${search} HTTP/1.1`, `Host: ${host}`];
  if (authorized) head.push("Authorization: Bearer {{token}}");
  head.push("Accept: application/json", ...plainHeaders(request).map(([name, value]) => `${name}: ${value}`));
  return body === null ? `${head.join("\n")}\n` : `${head.join("\n")}\n\n${pretty(body)}\n`;
}

function fetch(request: Sent, url: string): string {
  const { method, body, authorized, saas } = request;
  const headers = [
    ...(authorized ? [`    Authorization: \`Bearer \${process.env.${tokenOf(saas)}}\`,`] : []),
    ...plainHeaders(request).map(([name, value]) => `    ${/\W/.test(name) ? javascript.text(name) : name}: ${javascript.text(value)},`),
  ];
  const options = [
    `  method: "${method}",`,
    ...(headers.length > 0 ? ["  headers: {", ...headers, "  },"] : []),
    ...(body === null ? [] : [`  body: ${javascriptBody(body)},`]),
  ];
  return [
    `const response = await fetch(${javascript.text(url)}, {`,
    ...options,
    "});",
    "console.log(response.status, await response.json());",
  ].join("\n");
}

function javascriptBody(body: string): string {
  const written = literal(body, javascript, 1);
  return written === undefined ? javascript.text(body) : `JSON.stringify(${written})`;
}

function pythonRequests({ method, body, authorized, headers = {}, saas }: Sent, url: string): string {
  const written = body === null ? undefined : literal(body, python, 1);
  const sent = [
    ...(authorized ? [`"Authorization": f"Bearer {os.environ['${tokenOf(saas)}']}"`] : []),
    ...Object.entries(headers).map(([name, value]) => `${python.text(name)}: ${python.text(value)}`),
  ];
  const parts = [
    `    ${python.text(method)},`,
    `    ${python.text(url)},`,
    ...(sent.length > 0 ? [`    headers={${sent.join(", ")}},`] : []),
    ...(written === undefined ? [] : [`    json=${written},`]),
    ...(body !== null && written === undefined ? [`    data=${python.text(body)}.encode(),`] : []),
    "    timeout=30,",
  ];
  return [...(authorized ? ["import os", ""] : []), "import requests", "", "response = requests.request(", ...parts, ")", "print(response.status_code, response.json())"].join("\n");
}

function pythonMagewright(request: Sent, _url: string, base: string): string {
  const call = magewrightCall(request) ?? "";
  const token = request.authorized ? `    headers["Authorization"] = f"Bearer {os.environ['${tokenOf(request.saas)}']}"\n` : "";
  return `${request.authorized ? "import os\n" : ""}import urllib.request

import magewright

${call}


def send(request):
    headers = {"Content-Type": "application/json", **request.headers}
${token}    body = request.body.encode() if request.body else None
    url = ${python.text(base)} + request.target
    return urllib.request.urlopen(urllib.request.Request(url, body, headers, method=request.method))


with send(request) as response:
    print(response.status, response.read().decode())`;
}

/** The lines that make `request` with the Python package, for the calls it has a name for. */
function magewrightCall({ method, target, body, saas, headers }: Sent): string | undefined {
  const path = /^(?:\/rest)?\/(?:(?!V1\/)([^/]+)\/)?V1\/customers(?:\/([^?]*))?(?:\?(.*))?$/.exec(target);
  if (!path) return undefined;
  const [, inPath, rest, query] = path;
  const code = inPath ?? headers?.["Store"];
  const scope = (code ? `, scope=${python.text(code)}` : "") + (saas ? ', release="saas"' : "");
  if (method === "POST" && rest === undefined) return create(body, scope);
  if (method === "GET" && rest === "search") {
    const criteria = `magewright.decode_criteria(${python.text(query ?? "")}).criteria`;
    return `request = magewright.customers.search(${criteria}${scope})`;
  }
  if (!/^\d+$/.test(rest ?? "")) return undefined;
  if (method === "GET" && query === undefined) return `request = magewright.customers.get(${rest}${scope})`;
  if (method === "DELETE") return `request = magewright.customers.delete(${rest}${scope})`;
  const customer = method === "PUT" ? member(body, ["customer"])?.customer : undefined;
  return customer && `customer = ${customer}\nrequest = magewright.customers.update(${rest}, customer${scope})`;
}

function create(body: string | null, scope: string): string | undefined {
  const parts = member(body, ["customer", "password"]);
  if (!parts?.customer) return undefined;
  const password = parts.password ? `, password=${parts.password}` : "";
  return `customer = ${parts.customer}
report = magewright.validate_create({"customer": customer})
for violation in report.violations:
    print(violation.pointer, violation.message)

request = magewright.customers.create(customer${password}${scope})`;
}

/** The members of a body as Python literals; nothing when it has others. */
function member<K extends string>(body: string | null, names: K[]): Partial<Record<K, string>> | undefined {
  try {
    const value = JSON.parse(body ?? "") as Record<string, unknown>;
    if (Object.keys(value).some((name) => !names.includes(name as K))) return undefined;
    const written = names.flatMap((name) => (name in value ? [[name, literal(JSON.stringify(value[name]), python)]] : []));
    return Object.fromEntries(written) as Partial<Record<K, string>>;
  } catch {
    return undefined;
  }
}

function phpCurl(request: Sent, url: string): string {
  const { method, body, authorized, saas } = request;
  const headers = [
    ...(authorized ? [`'Authorization: Bearer ' . getenv('${tokenOf(saas)}')`] : []),
    ...plainHeaders(request).map(([name, value]) => php.text(`${name}: ${value}`)),
  ];
  const written = body === null ? undefined : (literal(body, php, 1) ?? php.text(body));
  return [
    "<?php",
    `$request = curl_init(${php.text(url)});`,
    "curl_setopt_array($request, [",
    `    CURLOPT_CUSTOMREQUEST => ${php.text(method)},`,
    "    CURLOPT_RETURNTRANSFER => true,",
    ...(headers.length > 0 ? [`    CURLOPT_HTTPHEADER => [${headers.join(", ")}],`] : []),
    ...(written === undefined ? [] : [`    CURLOPT_POSTFIELDS => ${written.startsWith("'") ? written : `json_encode(${written})`},`]),
    "]);",
    "$reply = curl_exec($request);",
    "echo curl_getinfo($request, CURLINFO_RESPONSE_CODE), ' ', $reply, PHP_EOL;",
  ].join("\n");
}
