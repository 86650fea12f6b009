// The page as a whole: which of its parts is seen.
import { about } from './api.js';
import { byId, fill } from './dom.js';
import { onDrop } from './drop.js';
import { FilePage } from './file-page.js';
import { PredictForm } from './form.js';
import { HistoryPage } from './history-page.js';
import { JobPage } from './job-page.js';
import { go, onRoute, route } from './router.js';
import { StartPage } from './start.js';

const pages = { predict: byId('page-predict'), file: byId('page-file'), history: byId('page-history') };
const form = new PredictForm((job) => {
  jobPage.openNew(job);
  go({ job: job.id });
});
const start = new StartPage(byId('start'), (formula) => {
  form.formula = formula;
  byId('predict').requestSubmit();
});
const jobPage = new JobPage(byId('job'), jobChanged);
const filePage = new FilePage(pages.file);
const history = new HistoryPage(pages.history);
let formOfJob = null;

function jobChanged(job) {
  document.title = `${job.state === 'running' ? `${share(job)} ` : ''}${job.formula} – Kagome`;
  if (formOfJob === job.id) return;
  formOfJob = job.id;
  if (form.formula.trim() !== job.formula) form.formula = job.formula;
  form.settings = job.request;
}

function share({ progress }) {
  return progress?.total > 0 ? `${Math.floor((100 * progress.done) / progress.total)} %` : '…';
}

function arrange() {
  const target = route();
  const view = target.view in pages ? target.view : 'predict';
  for (const [name, page] of Object.entries(pages)) page.hidden = name !== view;
  for (const link of document.querySelectorAll('nav a[data-view]')) {
    if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }

  if (view === 'history') history.open(target);
  else history.close();
  if (view !== 'predict') {
    jobPage.close();
    document.title = view === 'history' ? 'History – Kagome' : 'Look at a file – Kagome';
    return;
  }

  pages.predict.classList.toggle('has-job', target.job !== null);
  if (target.job) {
    start.close();
    jobPage.open(target);
    return;
  }

  jobPage.close();
  formOfJob = null;
  start.open();
  document.title = 'Kagome';
  form.formula = target.formula;
  form.settings = {};
  form.focus();
}

onDrop((file) => {
  if (route().view !== 'file') go({ view: 'file' });
  filePage.read(file);
});
onRoute(arrange);
arrange();

about()
  .then((answer) => {
    form.limits(answer.limits);
    fill(byId('about'), `Kagome ${answer.version}`, ` · ${[answer.generator, answer.predictor].filter(Boolean).join(', ')}`);
  })
  .catch(() => {});
