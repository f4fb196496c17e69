#include "mail/message.h"

#include <sstream>

#include <gtest/gtest.h>

#include <livery/check.h>

namespace livery::mail {
namespace {

Message Example() {
    return {"abc",
            "service@harbor.example",
            "Harbor Wi-Fi",
            "ann@x.example",
            "Änn",
            "Bestätigen",
            "<p>Hallo</p>",
            "Hallo",
            Date(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(9)};
}

TEST(ToMime, HasBothPartsAndEncodedHeads) {
    const std::string mime = ToMime(Example());
    EXPECT_NE(mime.find("To: =?UTF-8?B?w4Rubg==?= <ann@x.example>\r\n"), std::string::npos) << mime;
    EXPECT_NE(mime.find("Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n"), std::string::npos) << mime;
    EXPECT_NE(mime.find("Message-ID: <abc@harbor.example>\r\n"), std::string::npos);
    EXPECT_LT(mime.find("SGFsbG8="), mime.find("PHA+SGFsbG88L3A+")) << "plain text comes first";
}

TEST(ToMime, AFileComesAfterBothForms) {
    Message message = Example();
    message.file = MailFile{"RC-1.pdf", "application/pdf", "%PDF"};
    const std::string mime = ToMime(message);
    const auto at = [&](std::string_view text) { return mime.find(text); };
    EXPECT_LT(at("Content-Type: multipart/mixed; boundary=\"=_with_abc\"\r\n\r\n--=_with_abc\r\n"),
              at("Content-Type: multipart/alternative; boundary=\"=_abc\""));
    EXPECT_LT(at("--=_abc--\r\n--=_with_abc\r\nContent-Type: application/pdf; name=\"RC-1.pdf\""),
              at("attachment; filename=\"RC-1.pdf\"\r\n\r\nJVBERg==\r\n--=_with_abc--\r\n"));
    EXPECT_NE(at("attachment;"), std::string::npos);
    message.file->name = "a\r\nBcc: all@x.example";
    EXPECT_THROW(ToMime(message), BrokenInvariant);
}

TEST(ToMime, ALongSubjectIsFoldedAndNoCharacterCut) {
    Message message = Example();
    message.subject.clear();
    for (int i = 0; i < 40; ++i) message.subject += "ü";
    const std::string mime = ToMime(message);
    EXPECT_NE(mime.find("?=\r\n =?UTF-8?B?"), std::string::npos);
}

TEST(HeadersOf, ReadsBackWhatToMimeWrote) {
    Message message = Example();
    message.subject = "Bestätigen Sie Ihre Adresse für Harbor Wi-Fi, und zwar noch heute: تأكيد";
    std::istringstream mime(ToMime(message));
    auto headers = HeadersOf(mime);
    EXPECT_EQ(headers["Subject"], message.subject);
    EXPECT_EQ(headers["To"], "Änn <ann@x.example>");
    EXPECT_EQ(headers["Date"], "Mon, 23 Nov 2026 09:00:00 +0000");
}

TEST(HeadersOf, AWordThatIsNotClosedStaysAsItIs) {
    std::istringstream mime(" folded into nothing\nSubject: =?UTF-8?B?w4Q= and on\n\nBody: no");
    auto headers = HeadersOf(mime);
    EXPECT_EQ(headers["Subject"], "=?UTF-8?B?w4Q= and on");
    EXPECT_EQ(headers.count("Body"), 0U);
}

TEST(ToMime, SaysWhereItStandsAndWhereAnswersGo) {
    Message message = Example();
    message.thread = {"one.desk@harbor.example",
                      {"first@x.example", "second@x.example"},
                      "help+a.b@harbor.example"};
    const std::string mime = ToMime(message);
    EXPECT_NE(mime.find("Message-ID: <one.desk@harbor.example>\r\n"), std::string::npos) << mime;
    EXPECT_NE(mime.find("In-Reply-To: <second@x.example>\r\nReferences:\r\n "
                        "<first@x.example>\r\n <second@x.example>\r\n"),
              std::string::npos)
        << mime;
    EXPECT_NE(mime.find(" <help+a.b@harbor.example>\r\nIn-Reply"), std::string::npos) << mime;
    EXPECT_NE(mime.find("Auto-Submitted: auto-generated\r\n"), std::string::npos);
    message.thread.references = {"a@b>\r\nBcc: <all@x.example"};
    EXPECT_THROW(ToMime(message), BrokenInvariant);
}

TEST(ToMime, ALetterOfNoThreadNamesNone) {
    const std::string mime = ToMime(Example());
    for (const char* name : {"In-Reply-To", "References", "Reply-To"})
        EXPECT_EQ(mime.find(name), std::string::npos) << name;
}

TEST(ToMime, RefusesAnAddressWithALineBreak) {
    Message message = Example();
    message.to_address = "ann@x.example\r\nBcc: all@x.example";
    EXPECT_THROW(ToMime(message), BrokenInvariant);
}

}  // namespace
}  // namespace livery::mail
