// Removes Markdown marks, for one-line summaries.

/** @param {string} text Markdown @returns {string} */
export function withoutMarks(text) {
  return text
    .replace(/!?\[([^[\]\n]{0,500})\]\(<?[^()\s<>]{0,2000}>?\)/g, '$1')
    .replace(/`+/g, '')
    .replace(/\*\*|__|~~/g, '')
    .replace(/(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])/g, '')
    .replace(/(?<!\w)_(?=\S)|(?<=\S)_(?!\w)/g, '')
    .replace(/(^|\n|“)(?:#{1,6}|>+) +/g, '$1');
}
