// One request in the words of several tools. Tokens come from the environment, never from the page.
import { pretty } from "../pointer.ts";
import { javascript, literal, php, python } from "./literal.ts";

/** A request as plain data. */
export interface Sent {
  method: string;
  /** Path and query from the store's base URL on. */
  target: string;
  /** JSON text; `null` for none. */
  body: string | null;
  /** Whether a token goes with it. */
  authorized: boolean;
}

export interface Snippet {
  name: string;
  text: string;
}

/** The environment variable that holds the token. */
export const TOKEN = "MAGENTO_TOKEN";

/** Everything a request can be copied as. */
export function snippets(request: Sent, base: string): Snippet[] {
  const url = base.replace(/\/+$/, "") + request.target;
  const all = [
    { name: "JSON", text: request.body === null ? "" : pretty(request.body) },
    { name: "curl", text: curl(request, url) },
    { name: "HTTP", text: http(request, url) },
    { name: "fetch", text: fetch(request, url) },
    { name: "Python requests", text: pythonRequests(request, url) },
    { name: "Python magewright", text: pythonMagewright(request, base) },
    { name: "PHP", text: phpCurl(request, url) },
  ];
  return all.filter(({ text }) => text !== "");
}

function curl({ method, body, authorized }: Sent, url: string): string {
  const parts = [`curl --request ${method} ${shell(url)}`];
  if (authorized) parts.push(`  --header "Authorization: Bearer $${TOKEN}"`);
  if (body !== null) parts.push(`  --header 'Content-Type: application/json'`, `  --data ${shell(pretty(body))}`);
  return parts.join(" \\\n");
}

/** A text in single quotes, in which a shell reads nothing. */
const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

function http({ method, body, authorized }: Sent, url: string): string {
  const { host, pathname, search } = new URL(url, "http://localhost");
  const head = [`${method} ${pathname}${search} HTTP/1.1`, `Host: ${host}`];
  if (authorized) head.push("Authorization: Bearer {{token}}");
  head.push("Accept: application/json");
  if (body === null) return `${head.join("\n")}\n`;
  return `${[...head, "Content-Type: application/json"].join("\n")}\n\n${pretty(body)}\n`;
}

function fetch({ method, body, authorized }: Sent, url: string): string {
  const headers = [
    ...(authorized ? [`    Authorization: \`Bearer \${process.env.${TOKEN}}\`,`] : []),
    ...(body === null ? [] : ['    "Content-Type": "application/json",']),
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

function pythonRequests({ method, body, authorized }: Sent, url: string): string {
  const written = body === null ? undefined : literal(body, python, 1);
  const parts = [
    `    ${python.text(method)},`,
    `    ${python.text(url)},`,
    ...(authorized ? [`    headers={"Authorization": f"Bearer {os.environ['${TOKEN}']}"},`] : []),
    ...(written === undefined ? [] : [`    json=${written},`]),
    ...(body !== null && written === undefined ? [`    data=${python.text(body)}.encode(),`] : []),
    "    timeout=30,",
  ];
  return [...(authorized ? ["import os", ""] : []), "import requests", "", "response = requests.request(", ...parts, ")", "print(response.status_code, response.json())"].join("\n");
}

function pythonMagewright(request: Sent, base: string): string {
  const call = magewrightCall(request);
  if (call === undefined) return "";
  const token = request.authorized ? `    headers["Authorization"] = f"Bearer {os.environ['${TOKEN}']}"\n` : "";
  return `${request.authorized ? "import os\n" : ""}import urllib.request

import magewright

${call}


def send(request):
    headers = {"Content-Type": "application/json"}
${token}    body = request.body.encode() if request.body else None
    url = ${python.text(base.replace(/\/+$/, ""))} + request.target
    return urllib.request.urlopen(urllib.request.Request(url, body, headers, method=request.method))


with send(request) as response:
    print(response.status, response.read().decode())`;
}

/** The lines that make `request` with the Python package, for the calls it has a name for. */
function magewrightCall({ method, target, body }: Sent): string | undefined {
  const path = /^\/rest\/(?:(?!V1\/)([^/]+)\/)?V1\/customers(?:\/([^?]*))?(?:\?(.*))?$/.exec(target);
  if (!path) return undefined;
  const [, code, rest, query] = path;
  const scope = code ? `, scope=${python.text(code)}` : "";
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

function phpCurl({ method, body, authorized }: Sent, url: string): string {
  const headers = [
    ...(authorized ? [`'Authorization: Bearer ' . getenv('${TOKEN}')`] : []),
    ...(body === null ? [] : ["'Content-Type: application/json'"]),
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
