// A file may be dropped anywhere on the page.
import { byId } from './dom.js';

export function onDrop(callback) {
  const cover = byId('drop');
  let depth = 0;
  const hasFile = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  const show = (isOver) => {
    depth = isOver ? depth : 0;
    cover.hidden = !isOver;
  };
  addEventListener('dragenter', (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    depth++;
    show(true);
  });
  addEventListener('dragover', (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  addEventListener('dragleave', (event) => {
    if (hasFile(event) && --depth <= 0) show(false);
  });
  addEventListener('drop', (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    show(false);
    const [file] = event.dataTransfer.files;
    if (file) callback(file);
  });
}
