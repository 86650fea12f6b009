// Follows a job: server-sent events, and asking every second or two where they do not come through, or nobody looks.
// Browsers have six connections for all pages of a server, and events keep one: with six jobs open in tabs, no other page would load.
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
  #asks = false;
  #comeThrough = true;
  #turn = () => (document.hidden ? this.#ask() : this.#listen());

  constructor(id, seen, failed) {
    this.#id = id;
    this.#seen = seen;
    this.#failed = failed;
    document.addEventListener('visibilitychange', this.#turn);
    this.#turn();
  }

  stop() {
    this.#isOver = true;
    document.removeEventListener('visibilitychange', this.#turn);
    this.#source?.close();
    clearTimeout(this.#timer);
    clearTimeout(this.#quiet);
  }

  #listen() {
    if (!this.#comeThrough) return;
    this.#asks = false;
    clearTimeout(this.#timer);
    this.#source?.close();
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
    this.#comeThrough = false;
    this.#ask();
  }

  #ask() {
    this.#source?.close();
    clearTimeout(this.#quiet);
    this.#asks = true;
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

    if (!this.#isOver && this.#asks) this.#timer = setTimeout(() => this.#poll(), pollEvery);
  }

  #take(job) {
    if (this.#isOver) return;
    if (hasEnded(job)) this.stop();
    this.#seen(job);
  }
}
