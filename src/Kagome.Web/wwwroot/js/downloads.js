// Files of one crystal, and of all of a job.
import { archiveAddress, exportAddress, fileAddress } from './api.js';
import { fill, h } from './dom.js';

export class Downloads {
  element = h('div.downloads', { id: 'downloads' });

  show(job, candidate, areAnswersThere) {
    const link = (format, text, address, title) => h('a.file', { href: address, download: true, title, data: { format } }, text);
    const one = (format, text, title, symmetrised = false) =>
      link(symmetrised ? `${format}-symmetrised` : format, text, fileAddress(job, candidate.rank, format, symmetrised), title);
    fill(
      this.element,
      candidate &&
        h(
          'p',
          {},
          h('span.quiet', {}, `Crystal ${candidate.rank}`),
          one('cif', 'CIF', 'All atoms of the cell, in P1'),
          candidate.spaceGroup && one('cif', 'CIF, symmetrised', 'The space group and the asymmetric unit', true),
          one('poscar', 'POSCAR', 'For VASP'),
          one('extxyz', 'extended XYZ', 'For ASE and most programs'),
          one('json', 'JSON', 'For pymatgen'),
        ),
      areAnswersThere &&
        h(
          'p',
          {},
          h('span.quiet', {}, 'All crystals'),
          link('zip', 'ZIP', archiveAddress(job), 'Every crystal in every format'),
          link('ase', 'ASE database', exportAddress(job, 'ase'), 'SQLite, for ase.db'),
          link('optimade', 'OPTIMADE', exportAddress(job, 'optimade'), 'JSON lines'),
        ),
    );
  }
}
