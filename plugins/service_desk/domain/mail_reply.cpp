#include "domain/mail_reply.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace livery::service_desk {

namespace {

using Lines = std::vector<std::string_view>;

constexpr std::string_view kBlanks = " \t\r";

std::string_view Trimmed(std::string_view text) {
    // A blank that many programs put in for a blank (U+00A0), and marks of direction (U+200E, F).
    constexpr std::array<std::string_view, 3> kWide{"\xC2\xA0", "\xE2\x80\x8E", "\xE2\x80\x8F"};
    for (bool again = true; again;) {
        again = false;
        const auto first = std::min(text.find_first_not_of(kBlanks), text.size());
        text.remove_prefix(first);
        text = text.substr(0, text.find_last_not_of(kBlanks) + 1);
        for (const std::string_view wide : kWide) {
            if (text.starts_with(wide)) text.remove_prefix(wide.size()), again = true;
            if (text.ends_with(wide)) text.remove_suffix(wide.size()), again = true;
        }
    }
    return text;
}

Lines LinesOf(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool IsBlank(std::string_view line) { return Trimmed(line).empty(); }
bool IsQuoted(std::string_view line) { return Trimmed(line).starts_with('>'); }

std::string_view Unquoted(std::string_view line) {
    line = Trimmed(line);
    while (line.starts_with('>')) line = Trimmed(line.substr(1));
    return line;
}

bool IsReplyMark(std::string_view line) {
    const auto at = line.find(kReplyMark);
    return at != std::string_view::npos && line.find("-##", at) != std::string_view::npos;
}

template <std::size_t N>
bool BeginsWithOne(std::string_view line, const std::array<std::string_view, N>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return line.starts_with(word); });
}
template <std::size_t N>
bool EndsWithOne(std::string_view line, const std::array<std::string_view, N>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return line.ends_with(word); });
}
template <std::size_t N>
bool HoldsOne(std::string_view line, const std::array<std::string_view, N>& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return line.find(word) != std::string_view::npos;
    });
}

bool HasDigit(std::string_view line) {
    // Of Arabic too: U+0660 to U+0669 all begin with this byte, as many of its letters do.
    return line.find_first_of("0123456789\xD9") != std::string_view::npos;
}

// "On Mon, 30 Nov 2026 at 9:12, Ann <ann@x.example> wrote:", which programs fold at will: how many
// lines from `at` on, or none.
std::size_t AttributionAt(const Lines& lines, std::size_t at) {
    constexpr std::array<std::string_view, 10> kBegin{"On ", "Am ",     "El ",  "Den ", "Le ",
                                                      "في ", "بتاريخ ", "يوم ", "وفي ", "Em "};
    constexpr std::array<std::string_view, 9> kWrote{
        " wrote:", " schrieb:",  " escribió:",    " escribió :", " كتب:",
        " كتبت:",  " a écrit :", " geschrieben:", "كتب/كتبت:"};
    // German puts the name after the verb: "Am 30.11.26 um 09:12 schrieb Ann:".
    constexpr std::array<std::string_view, 4> kVerb{" schrieb ", " escribió ", " كتب ", " wrote "};
    constexpr std::size_t kMostLines = 4;
    constexpr std::size_t kLongest = 400;
    if (!BeginsWithOne(Trimmed(lines[at]), kBegin)) return 0;
    std::string said;
    for (std::size_t i = at; i < std::min(at + kMostLines, lines.size()); ++i) {
        const std::string_view line = Trimmed(lines[i]);
        if (line.empty() || said.size() + line.size() > kLongest) return 0;
        said += (said.empty() ? "" : " ") + std::string(line);
        const bool ends =
            EndsWithOne(said, kWrote) || (said.ends_with(':') && HoldsOne(said, kVerb));
        if (ends) return HasDigit(said) ? i - at + 1 : 0;
    }
    return 0;
}

bool IsOriginalMark(std::string_view line) {
    constexpr std::array<std::string_view, 8> kWords{
        "Original Message",  "Original message",         "Ursprüngliche Nachricht",
        "Mensaje original",  "Originalnachricht",        "الرسالة الأصلية",
        "Forwarded message", "Weitergeleitete Nachricht"};
    line = Trimmed(line);
    return line.starts_with("--") && line.ends_with("--") && HoldsOne(line, kWords);
}

// What Outlook puts before what it answers: From, Sent, To and Subject, a line each.
bool IsHeadAt(const Lines& lines, std::size_t at) {
    constexpr std::array<std::string_view, 5> kFrom{"From:", "Von:", "De:", "من:", "*From:*"};
    constexpr std::array<std::string_view, 21> kMore{
        "Sent:",  "Date:",    "To:",      "Subject:", "Cc:",    "CC:",         "Gesendet:",
        "Datum:", "An:",      "Betreff:", "Enviado:", "Fecha:", "Para:",       "Asunto:",
        "تاريخ:", "التاريخ:", "إلى:",     "الموضوع:", "أُرسلت:", "تم الإرسال:", "Enviado el:"};
    if (!BeginsWithOne(Trimmed(lines[at]), kFrom)) return false;
    int more = 0;
    for (std::size_t i = at + 1; i < std::min(at + 6, lines.size()); ++i)
        more += BeginsWithOne(Trimmed(lines[i]), kMore) ? 1 : 0;
    return more >= 2;
}

bool IsSignatureMark(std::string_view line) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line == "-- " || line == "--" || line == "--\xC2\xA0";
}

bool IsRule(std::string_view line) {
    line = Trimmed(line);
    return line.size() >= 5 && line.find_first_not_of("_-=") == std::string_view::npos;
}

bool IsPhoneFooter(std::string_view line) {
    constexpr std::array<std::string_view, 9> kBegin{
        "Sent from my ",     "Get Outlook for ",  "Von meinem ",
        "Gesendet mit der ", "Enviado desde mi ", "Obtener Outlook para ",
        "Outlook für ",      "أُرسلت من ",         "تم الإرسال من "};
    line = Trimmed(line);
    return line.size() < 120 && BeginsWithOne(line, kBegin);
}

// Where what the writer quotes begins and nothing of theirs follows.
std::size_t EndOfOwn(const Lines& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (IsReplyMark(Unquoted(lines[i])) || IsOriginalMark(lines[i]) || IsHeadAt(lines, i))
            return i;
        const std::size_t attribution = AttributionAt(lines, i);
        if (attribution == 0) continue;
        std::size_t next = i + attribution;
        while (next < lines.size() && IsBlank(lines[next])) ++next;
        // Programs that quote without a mark; else quoted lines follow, and answers among them.
        if (next == lines.size() || !IsQuoted(lines[next]) || IsReplyMark(Unquoted(lines[next])))
            return i;
    }
    return lines.size();
}

Lines WithoutQuotes(const Lines& lines) {
    Lines own;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (IsQuoted(lines[i])) continue;
        const std::size_t attribution = AttributionAt(lines, i);
        if (attribution > 0) {
            i += attribution - 1;
            continue;
        }
        if (IsSignatureMark(lines[i])) break;
        own.push_back(lines[i]);
    }
    return own;
}

void DropTail(Lines& lines) {
    while (!lines.empty() &&
           (IsBlank(lines.back()) || IsRule(lines.back()) || IsPhoneFooter(lines.back())))
        lines.pop_back();
}

std::string Joined(const Lines& lines) {
    std::string text;
    int blank = 0;
    for (const std::string_view line : lines) {
        blank = IsBlank(line) ? blank + 1 : 0;
        if (blank > 1 || (blank == 1 && text.empty())) continue;
        text += std::string(line.substr(0, line.find_last_not_of(kBlanks) + 1)) + '\n';
    }
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

}  // namespace

std::string OwnWords(std::string_view text) {
    Lines lines = LinesOf(text);
    Lines own(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(EndOfOwn(lines)));
    own = WithoutQuotes(own);
    DropTail(own);
    const std::string words = Joined(own);
    return words.empty() ? Joined(lines) : words;
}

std::string BareSubject(std::string_view subject) {
    constexpr std::array<std::string_view, 18> kBefore{
        "Re:", "RE:", "re:", "AW:", "Aw:",  "Antw:", "WG:", "Fwd:",  "FWD:",
        "Fw:", "FW:", "RV:", "Rv:", "Res:", "RES:",  "رد:", "الرد:", "إعادة توجيه:"};
    for (bool again = true; again;) {
        again = false;
        subject = Trimmed(subject);
        for (const std::string_view word : kBefore) {
            if (!subject.starts_with(word)) continue;
            subject.remove_prefix(word.size());
            again = true;
        }
    }
    return std::string(subject);
}

}  // namespace livery::service_desk
