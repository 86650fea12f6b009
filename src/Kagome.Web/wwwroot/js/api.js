// The server's answers, and what to do when there are none. All addresses are relative to the page.
import { toPage, toWire } from './names.js';
import { serverAnswers, serverIsSilent } from './offline.js';
import { askForToken } from './token.js';

/** A refusal of the server; message is the sentence to show. */
export class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** No answer at all: the connection is broken or the server is gone. */
export class Silence extends Error {
  constructor() {
    super('The server does not answer.');
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...options });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    serverIsSilent();
    throw new Silence();
  }

  const isProblem = (response.headers.get('content-type') ?? '').includes('problem+json');
  if (response.status === 502 || response.status === 503 || response.status === 504) {
    if (!isProblem) {
      serverIsSilent();
      throw new Silence();
    }
  }

  serverAnswers();
  if (response.ok) return response.status === 204 ? null : toPage(await response.json());
  let detail = `The server answered ${response.status}.`;
  if (isProblem) {
    const problem = await response.json().catch(() => ({}));
    detail = problem.detail || problem.title || detail;
  }

  if (response.status === 401) askForToken(detail);
  throw new Refusal(response.status, detail);
}

const post = (path, body) =>
  ask(path, {
    method: 'POST',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(toWire(body)),
  });

const query = (values) => {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
};

const jobPath = (id) => `api/jobs/${encodeURIComponent(id)}`;
const candidatePath = (id, rank) => `${jobPath(id)}/candidates/${rank}`;

export const about = () => ask('api/about');
export const readFormula = (text, maxAtoms, signal) =>
  ask(`api/formulas/${encodeURIComponent(text)}${query({ max_atoms: maxAtoms })}`, { signal });

export const startJob = (request) => post('api/jobs', request);
export const getJob = (id) => ask(jobPath(id));
export const listJobs = (filter, signal) => ask(`api/jobs${query(filter)}`, { signal });
export const cancelJob = (id) => post(`${jobPath(id)}/cancel`);
export const repeatJob = (id) => post(`${jobPath(id)}/again`);
export const removeJob = (id) => ask(jobPath(id), { method: 'DELETE' });
/** A job as an event tells it. */
export const readJob = (text) => toPage(JSON.parse(text));
export const eventsAddress = (id) => `${jobPath(id)}/events`;
export const getCandidates = (id) => ask(`${jobPath(id)}/candidates`);
export const compare = (id, first, second, signal) => ask(`${jobPath(id)}/comparison${query({ first, second })}`, { signal });

const sceneQuery = (options) => query({ cell: options.cell, supercell: options.supercell.join(',') });
export const candidateScene = (id, rank, options, signal) =>
  ask(`${candidatePath(id, rank)}/scene${sceneQuery(options)}`, { signal });
export const structureScene = (structure, options, signal) =>
  ask(`api/scene${sceneQuery(options)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(structure),
    signal,
  });

export const readFile = (file) =>
  ask(`api/structures${query({ name: file.name })}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });

export const fileAddress = (id, rank, format, symmetrised = false) =>
  `${candidatePath(id, rank)}/file${query({ format, symmetrised: symmetrised ? 'true' : null })}`;
export const archiveAddress = (id) => `${jobPath(id)}/structures.zip`;
export const exportAddress = (id, format) => `${jobPath(id)}/export${query({ format })}`;
