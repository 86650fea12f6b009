// Follows a job: server-sent events, and asking every second or two where they do not come through.
import { Silence, eventsAddress, getJob, readJob } from './api.js';
import { serverIsSilent } from './offline.js';

const ended = new Set(['done', 'failed', 'cancelled']);
export const hasEnded = (job) => ended.has(job.state);

const pollEvery = 1500;
const silenceBeforePolling = 6000;

export class JobWatch {
  #id;
  #seen;
  #failed;
  #source = null;
  #timer = null;
  #quiet = null;
  #isOver = false;

  constructor(id, seen, failed) {
    this.#id = id;
    this.#seen = seen;
    this.#failed = failed;
    this.#listen();
  }

  stop() {
    this.#isOver = true;
    this.#source?.close();
    clearTimeout(this.#timer);
    clearTimeout(this.#quiet);
  }

  #listen() {
    this.#source = new EventSource(eventsAddress(this.#id));
    this.#source.addEventListener('job', (event) => {
      clearTimeout(this.#quiet);
      this.#quiet = setTimeout(() => this.#fallBack(), silenceBeforePolling);
      this.#take(readJob(event.data));
    });
    this.#source.addEventListener('error', () => this.#fallBack());
    // A proxy may hold events back for ever.
    this.#quiet = setTimeout(() => this.#fallBack(), silenceBeforePolling);
  }

  #fallBack() {
    this.#source?.close();
    clearTimeout(this.#quiet);
    if (!this.#isOver) this.#poll();
  }

  async #poll() {
    clearTimeout(this.#timer);
    try {
      this.#take(await getJob(this.#id));
    } catch (error) {
      if (error instanceof Silence) serverIsSilent();
      else if (!this.#isOver) {
        this.stop();
        this.#failed(error);
      }
    }

    if (!this.#isOver) this.#timer = setTimeout(() => this.#poll(), pollEvery);
  }

  #take(job) {
    if (this.#isOver) return;
    if (hasEnded(job)) this.stop();
    this.#seen(job);
  }
}
