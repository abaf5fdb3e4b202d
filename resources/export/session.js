"use strict";
for (const take of document.querySelectorAll(".take")) {
  const audio = take.querySelector("audio");
  if (!audio) continue;
  take.classList.add("playable");
  const words = Array.from(take.querySelectorAll(".word"));
  const starts = words.map((word) => Number(word.dataset.start));
  let now = null;
  const show = () => {
    let index = starts.findIndex((start) => start > audio.currentTime + 0.01);
    index = (index < 0 ? words.length : index) - 1;
    const word = index >= 0 && !(audio.paused && audio.currentTime === 0) ? words[index] : null;
    if (word === now) return;
    if (now) now.classList.remove("now");
    if (word) word.classList.add("now");
    now = word;
  };
  const follow = () => {
    show();
    if (!audio.paused) requestAnimationFrame(follow);
  };
  audio.addEventListener("play", () => {
    for (const other of document.querySelectorAll("audio")) if (other !== audio) other.pause();
    follow();
  });
  audio.addEventListener("seeked", show);
  audio.addEventListener("ended", () => {
    if (now) now.classList.remove("now");
    now = null;
  });
  take.addEventListener("click", (event) => {
    const place = event.target.closest("[data-start]");
    if (!place || String(getSelection())) return;
    audio.currentTime = Number(place.dataset.start);
    audio.play();
  });
}
