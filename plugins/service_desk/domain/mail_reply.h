#pragma once

#include <string>
#include <string_view>

namespace livery::service_desk {

// Begins and ends the line above which our letters ask for the answer, in every language
// (`mail.reply_above` of the theme).
inline constexpr std::string_view kReplyMark = "##-";

// What somebody wrote themselves in an answer: without what mail programs quote and put below it,
// without signature. Answers between the quoted lines are kept. If nothing is left, the whole text:
// rather too much than somebody's words lost. Lines end with \n.
std::string OwnWords(std::string_view text);

// A subject without what mail programs put before it, however often: "Re: AW: Rain" is "Rain".
std::string BareSubject(std::string_view subject);

}  // namespace livery::service_desk
