// The server's own description of its HTTP interface, openapi/v1.json, to read.
import { byId, fill, h } from './dom.js';

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const main = byId('main');

async function show() {
  try {
    const response = await fetch('openapi/v1.json', { credentials: 'same-origin' });
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    draw(await response.json());
  } catch (error) {
    fill(main, h('h1', {}, 'API'), h('p.problem', { role: 'alert' }, error instanceof TypeError ? 'The server does not answer.' : error.message));
  }
}

function draw(document) {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.filter((method) => item[method]).map((method) => ({ path, method, shared: item.parameters ?? [], ...item[method] })),
  );
  const schemas = Object.entries(document.components?.schemas ?? {});
  fill(
    main,
    h('h1', {}, document.info?.title ?? 'API'),
    h('p.quiet', {}, document.info?.description, ' ', h('a', { href: 'openapi/v1.json' }, `OpenAPI ${document.openapi}`)),
    h(
      'ul.api-list',
      {},
      operations.map((operation) =>
        h('li', {}, h('a', { href: `#${anchor(operation)}` }, h('b.method', {}, operation.method.toUpperCase()), ' ', operation.path), h('span.quiet', {}, operation.summary)),
      ),
    ),
    operations.map((operation) => describe(operation)),
    schemas.length > 0 && h('h1.api-schemas', {}, 'Bodies and answers'),
    schemas.map(([name, schema]) =>
      h('section.api-schema', { id: `schema-${name}` }, h('h2', {}, name), schema.description && h('p.quiet', {}, schema.description), fields(schema) ?? h('p', {}, typeOf(schema))),
    ),
  );
  if (location.hash) byId(location.hash.slice(1))?.scrollIntoView();
}

const anchor = ({ method, path }) => `${method}-${path.replaceAll(/[^\w]+/g, '-')}`;

function describe(operation) {
  const parameters = [...operation.shared, ...(operation.parameters ?? [])];
  const body = operation.requestBody;
  return h(
    'section.api-operation',
    { id: anchor(operation) },
    h('h2', {}, h('b.method', {}, operation.method.toUpperCase()), ' ', operation.path),
    operation.summary && h('p', {}, operation.summary),
    operation.description && operation.description !== operation.summary && h('p.quiet', {}, operation.description),
    parameters.length > 0 &&
      table(
        'Parameters',
        parameters.map((parameter) => [
          h('code', {}, parameter.name),
          [typeOf(parameter.schema ?? {}), h('span.quiet', {}, ` in the ${parameter.in}${parameter.required ? '' : ', may be absent'}`)],
          parameter.description,
        ]),
      ),
    body && table('Body', contents(body.content).map(([type, schema]) => [h('code', {}, type), schema ? typeOf(schema) : '', body.description])),
    table(
      'Answers',
      Object.entries(operation.responses ?? {}).map(([status, response]) => [
        h('code', {}, status),
        contents(response.content).map(([type, schema], at) => [at > 0 && h('br'), schema ? typeOf(schema) : '', h('span.quiet', {}, ` ${type}`)]),
        response.description,
      ]),
    ),
  );
}

const contents = (content) => Object.entries(content ?? {}).map(([type, { schema }]) => [type, schema]);

function table(title, lines) {
  return h(
    'table.api-table',
    {},
    h('caption', {}, title),
    h('tbody', {}, lines.map(([head, ...cells]) => h('tr', {}, h('th', { scope: 'row' }, head), cells.map((cell) => h('td', {}, cell))))),
  );
}

function fields(schema) {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) return null;
  const required = new Set(schema.required ?? []);
  return table(
    '',
    properties.map(([name, property]) => [
      h('code', {}, name),
      [typeOf(property), required.size > 0 && !required.has(name) && h('span.quiet', {}, ' may be absent')],
      property.description,
    ]),
  );
}

/** A schema as words: "array of Job", "number or null", with links to named ones. */
function typeOf(schema) {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    return h('a', { href: `#schema-${name}` }, name);
  }

  const alternatives = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (alternatives) return joined(alternatives.map(typeOf), schema.allOf ? ' and ' : ' or ');
  if (schema.enum) return joined(schema.enum.map((value) => h('code', {}, JSON.stringify(value))), ', ');
  const types = [schema.type ?? 'anything'].flat().toSorted((one, other) => (one === 'null') - (other === 'null'));
  return joined(types.map((type) => named(type, schema)), ' or ');
}

function named(type, schema) {
  if (type === 'array') return h('span', {}, 'array of ', typeOf(schema.items ?? {}));
  if (type === 'object' && schema.additionalProperties && typeof schema.additionalProperties === 'object') return h('span', {}, 'object of ', typeOf(schema.additionalProperties));
  if (schema.format && type !== 'null') return h('span', {}, type, h('span.quiet', {}, ` (${schema.format})`));
  return h('span', {}, type);
}

function joined(parts, between) {
  return h('span', {}, parts.flatMap((part, at) => (at > 0 ? [between, part] : [part])));
}

show();
