"""How mail programs mark quotes and signatures, in the languages that they are set to.

Those of the customers' programs, whatever language the assistant speaks.
"""

import re

ATTRIBUTION = re.compile(
    r"(?:"
    r"On\b.{4,300}\bwrote:"
    r"|Am\b.{4,300}\bschrieb\b.{0,200}:"
    r"|Le\b.{4,300}\ba écrit\s*:"
    r"|El\b.{4,300}\bescribió:"
    r"|Il\b.{4,300}\bha scritto:"
    r"|Op\b.{4,300}\bschreef\b.{0,200}:"
    r"|(?:在|于|\d{4}|.{0,100}>\s*于).{4,300}写道\s*[:：]"
    r")"
)
ORIGINAL = re.compile(
    r"-{2,}\s*(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Message d'origine"
    r"|Mensaje original|Messaggio originale|Oorspronkelijk bericht|原始邮件)\s*-{2,}",
    re.IGNORECASE,
)
FROM = re.compile(r"(?:From|Von|De|Da|Van|发件人)\*?\s*[:：]\*?\s*\S")
HEADER = re.compile(
    r"(?:Sent|Date|To|Cc|Subject|Gesendet|Datum|An|Betreff|Envoyé|Enviado|À|Para|Objet|Asunto"
    r"|Inviato|A|Oggetto|Verzonden|Aan|Onderwerp|发送时间|收件人|主题)\*?\s*[:：]\*?\s*\S"
)
SIGNED_BY_PHONE = re.compile(
    r"(?:Sent from my \w|Sent from Mail for|Get Outlook for|Von meinem \w+ gesendet"
    r"|Envoyé de mon|Enviado desde mi|发自我的)",
    re.IGNORECASE,
)
