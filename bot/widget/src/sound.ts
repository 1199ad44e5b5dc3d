/** A short soft tone for a reply, where the customer has switched it on. */

const HIGH_HZ = 880;
const SECONDS = 0.25;

export class Sound {
  #audio: AudioContext | undefined;

  play(): void {
    try {
      const audio = (this.#audio ??= new AudioContext());
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const { currentTime: now } = audio;
      tone.frequency.setValueAtTime(HIGH_HZ, now);
      volume.gain.setValueAtTime(0.08, now);
      volume.gain.exponentialRampToValueAtTime(0.001, now + SECONDS);
      tone.connect(volume).connect(audio.destination);
      tone.start(now);
      tone.stop(now + SECONDS);
    } catch {
      // A browser without audio, or one that does not allow it here: the reply is on screen.
    }
  }
}
