#include "mail/message.h"

#include <istream>

#include <fmt/format.h>
#include <sodium.h>

#include <livery/check.h>
#include <livery/utf8.h>

namespace livery::mail {

namespace {

std::string Base64(std::string_view bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

std::string FromBase64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    const int failed =
        sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
    bytes.resize(failed == 0 ? size : 0);
    return bytes;
}

std::string Wrapped(const std::string& base64) {
    std::string out;
    for (std::size_t at = 0; at < base64.size(); at += 76) out += base64.substr(at, 76) + "\r\n";
    return out;
}

// Encoded words of at most 45 bytes each, never cutting a character.
std::string EncodedWords(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::string_view word = Beginning(text, 45);
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + Base64(word) + "?=";
        text.remove_prefix(word.size());
    }
    return out;
}

// Blanks between two encoded words are not part of the text (RFC 2047 6.2).
std::string DecodedWords(std::string_view text) {
    static constexpr std::string_view kOpen = "=?UTF-8?B?";
    std::string out;
    for (bool after_word = false; !text.empty();) {
        const auto open = text.find(kOpen);
        const auto close = open == text.npos ? open : text.find("?=", open + kOpen.size());
        if (close == text.npos) return out.append(text);
        const std::string_view between = text.substr(0, open);
        if (!after_word || between.find_first_not_of(' ') != between.npos) out.append(between);
        out += FromBase64(text.substr(open + kOpen.size(), close - open - kOpen.size()));
        text.remove_prefix(close + 2);
        after_word = true;
    }
    return out;
}

std::string Address(const std::string& name, const std::string& address) {
    LIVERY_CHECK(address.find_first_of("\r\n<>") == std::string::npos,
                 "an address has no line break");
    return name.empty() ? address : fmt::format("{} <{}>", EncodedWords(name), address);
}

std::string DateHeader(Instant instant) {
    static constexpr const char* kDays[]{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[]{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Date date = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day ymd(date);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(instant - date));
    return fmt::format(
        "{}, {:02} {} {} {:02}:{:02}:{:02} +0000", kDays[std::chrono::weekday(date).c_encoding()],
        static_cast<unsigned>(ymd.day()), kMonths[static_cast<unsigned>(ymd.month()) - 1],
        static_cast<int>(ymd.year()), time.hours().count(), time.minutes().count(),
        time.seconds().count());
}

std::string BothForms(const Message& m) {
    const std::string boundary = "=_" + m.id;
    return fmt::format(
        "Content-Type: multipart/alternative; boundary=\"{0}\"\r\n\r\n"
        "--{0}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
        "base64\r\n\r\n{1}"
        "--{0}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: "
        "base64\r\n\r\n{2}--{0}--\r\n",
        boundary, Wrapped(Base64(m.plain)), Wrapped(Base64(m.html)));
}

std::string MessageId(const std::string& id) {
    LIVERY_CHECK(id.find_first_of("\r\n<> ") == std::string::npos, "an id has no line break");
    return '<' + id + '>';
}

// One id a line: they are long, and a line must not be.
std::string ThreadHeaders(const Message& m) {
    const std::string domain = m.from_address.substr(m.from_address.find('@') + 1);
    const Mail::Thread& thread = m.thread;
    std::string headers =
        fmt::format("Message-ID: {}\r\n",
                    MessageId(thread.message_id.empty() ? m.id + '@' + domain : thread.message_id));
    if (!thread.reply_to.empty())
        headers += fmt::format("Reply-To: {}\r\n", Address(m.from_name, thread.reply_to));
    if (thread.references.empty()) return headers;
    headers += fmt::format("In-Reply-To: {}\r\nReferences:", MessageId(thread.references.back()));
    for (const std::string& id : thread.references) headers += "\r\n " + MessageId(id);
    return headers + "\r\n";
}

std::string WithFile(const Message& m, const MailFile& file) {
    LIVERY_CHECK((file.name + file.mime_type).find_first_of("\r\n\"\\") == std::string::npos,
                 "a file's name has no line break");
    // None begins with the other, which readers may take for it.
    const std::string boundary = "=_with_" + m.id;
    return fmt::format(
        "Content-Type: multipart/mixed; boundary=\"{0}\"\r\n\r\n"
        "--{0}\r\n{1}"
        "--{0}\r\nContent-Type: {2}; name=\"{3}\"\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename=\"{3}\"\r\n\r\n{4}--{0}--\r\n",
        boundary, BothForms(m), file.mime_type, file.name, Wrapped(Base64(file.bytes)));
}

}  // namespace

std::string ToMime(const Message& m) {
    return fmt::format(
        "From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\n{}MIME-Version: "
        "1.0\r\nAuto-Submitted: {}\r\n{}",
        Address(m.from_name, m.from_address), Address(m.to_name, m.to_address),
        EncodedWords(m.subject), DateHeader(m.date), ThreadHeaders(m),
        m.is_bounce ? "auto-replied" : "auto-generated",
        m.file ? WithFile(m, *m.file) : BothForms(m));
}

std::map<std::string, std::string> HeadersOf(std::istream& mime) {
    std::map<std::string, std::string> headers;
    std::string* last = nullptr;
    for (std::string line; std::getline(mime, line) && line != "\r" && !line.empty();) {
        if (line.back() == '\r') line.pop_back();
        const auto colon = line.find(": ");
        if (line[0] == ' ' && last != nullptr) {
            *last += line;
        } else if (colon != std::string::npos) {
            last = &(headers[line.substr(0, colon)] = line.substr(colon + 2));
        }
    }
    for (auto& [name, value] : headers) value = DecodedWords(value);
    return headers;
}

}  // namespace livery::mail
