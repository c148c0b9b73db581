// The notice that this is a practice workspace, until the person closes it.

const STORAGE_KEY = 'skein.notice';

/** @param {{ document: Document, localStorage: Storage }} window @returns {Record<string, () => void>} */
export function notice({ document, localStorage }) {
  const line = document.getElementById('notice');
  line.hidden = localStorage.getItem(STORAGE_KEY) === 'read';
  return {
    'close-notice'() {
      localStorage.setItem(STORAGE_KEY, 'read');
      line.hidden = true;
      document.querySelector('.notice [data-do=tour]').focus();
    },
  };
}
