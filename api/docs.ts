import { html, raw } from 'hono/html';
import { problemCodes } from './http/problem.ts';

type Schema = {
  type?: string;
  enum?: unknown[];
  format?: string;
  items?: Schema;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
};
type Operation = {
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
};
export type ApiDocument = {
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
};

/** The OpenAPI document as one readable page, without any script. */
export function docsPage(document: ApiDocument) {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${document.info.title}</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${document.info.title}</h1>
          <p>
            Version ${document.info.version}. The same for programs:
            <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). Points are WGS-84, lng before lat.
          </p>
          ${operations.map(
            ({ path, method, operation }) => html`
              <section>
                <h2><code>${method} ${path}</code></h2>
                <p>${operation.summary}. ${operation.description}</p>
                ${
                  (operation.parameters ?? []).length > 0
                    ? html`<table>
                        <thead>
                          <tr>
                            <th>parameter</th>
                            <th>in</th>
                            <th>type</th>
                            <th></th>
                          </tr>
                        </thead>
                        <tbody>
                          ${operation.parameters!.map(
                            (parameter) =>
                              html`<tr>
                                <td><code>${parameter.name}</code>${parameter.required ? ' (required)' : ''}</td>
                                <td>${parameter.in}</td>
                                <td>${typeName(parameter.schema)}</td>
                                <td>${parameter.description ?? parameter.schema?.description ?? ''}</td>
                              </tr>`,
                          )}
                        </tbody>
                      </table>`
                    : ''
                }
                ${operation.requestBody ? html`<p>Body: ${bodyOf(operation.requestBody)}</p>` : ''}
                <ul>
                  ${Object.entries(operation.responses).map(
                    ([status, response]) => html`<li><code>${status}</code> ${response.description}</li>`,
                  )}
                </ul>
              </section>
            `,
          )}
          <section>
            <h2>Errors</h2>
            <p>Every error is <code>application/problem+json</code> (RFC 9457) with a stable <code>code</code>.</p>
            <ul>
              ${problemCodes.map(
                ({ code, status, title }) =>
                  html`<li id="problem-${code}"><code>${status} ${code}</code> ${title}</li>`,
              )}
            </ul>
          </section>
        </main>
      </body>
    </html>`;
}

function typeName(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map(typeName).join(' | ');
  if (schema.type === 'array') return `${typeName(schema.items)}[]`;
  return [schema.type, schema.format].filter(Boolean).join(', ');
}

function bodyOf(body: NonNullable<Operation['requestBody']>): string {
  const schema = Object.values(body.content)[0]?.schema;
  return Object.entries(schema?.properties ?? {})
    .map(([name, property]) => `${name}${schema?.required?.includes(name) ? '' : '?'}: ${typeName(property)}`)
    .join('; ');
}

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, 'PingFang SC', 'Noto Sans CJK SC', sans-serif; }
  main { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
  section { border-top: 1px solid #8886; margin-top: 2rem; }
  table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .6rem .3rem 0; vertical-align: top; }
  code { font-size: .95em; }
`;
