#include "mime/mail_parser.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include <livery/utf8.h>

namespace livery::service_desk {
namespace {

std::string Bytes(const std::string& name) {
    std::ifstream in(std::string(LIVERY_SOURCE_DIR) + "/plugins/service_desk/mime/testdata/" + name,
                     std::ios::binary);
    EXPECT_TRUE(in.good()) << name;
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

IncomingMail Read(const std::string& name) {
    auto mail = ParseMail(Bytes(name));
    EXPECT_TRUE(mail.has_value()) << name;
    return mail ? *mail : IncomingMail{};
}

std::string HeadThen(const std::string& rest) { return "From: Ann <ann@x.example>\r\n" + rest; }

TEST(ParseMail, ReadsAPlainOne) {
    const IncomingMail mail = Read("plain.eml");
    EXPECT_EQ(mail.message_id, "1@x.example");
    EXPECT_EQ(mail.from_address, "ann@x.example");
    EXPECT_EQ(mail.from_name, "Ann Lee");
    EXPECT_EQ(mail.recipients, std::vector<std::string>{"help@harbor.example"});
    EXPECT_EQ(mail.subject, "Rain");
    EXPECT_EQ(mail.text, "It rings.\nThe light is red.\n");
    EXPECT_EQ(mail.return_path, "ann@x.example");
    EXPECT_EQ(mail.auto_submitted + mail.precedence + mail.list_id + mail.auto_response_suppress,
              "");
    EXPECT_TRUE(mail.attachments.empty());
}

TEST(ParseMail, FindsTheWordsAndTheFilesInWhatIsNested) {
    const IncomingMail mail = Read("nested_multipart.eml");
    EXPECT_EQ(mail.subject, "Ärger mit dem Gerät");
    EXPECT_EQ(mail.text, "Es klingelt nicht. Für immer nicht.") << "the plain form alone";
    EXPECT_EQ(mail.recipients,
              (std::vector<std::string>{"help+a.b@harbor.example", "other@harbor.example",
                                        "help@harbor.example"}));
    EXPECT_EQ(mail.references,
              (std::vector<std::string>{"first@x.example", "middle@x.example", "last@x.example"}))
        << "what it answers comes last";
    std::vector<std::string> files;
    for (const Upload& file : mail.attachments) files.push_back(file.name + "|" + file.content);
    ASSERT_EQ(files.size(), 4U);
    EXPECT_EQ(files[0], "logo.png|\x89PNG\r\n\x1a\n");
    EXPECT_EQ(files[1], "Rechnung für November.pdf|%PDF-1.4") << "RFC 2231";
    EXPECT_EQ(files[2].substr(0, 18), "nötiz.txt|a note") << "RFC 2047";
    EXPECT_TRUE(files[3].starts_with("An older mail.eml|From: old@x.example")) << files[3];
}

TEST(ParseMail, ReadsHtmlWhereThereIsNothingElse) {
    EXPECT_EQ(Read("html_only.eml").text, "It rings.\n\n> old");
}

TEST(ParseMail, MakesTheBestOfAWrongCharacterSet) {
    EXPECT_NE(Read("wrong_charset.eml").text.find("Gr"), std::string::npos);
    EXPECT_NE(Read("utf8_said_latin_meant.eml").text.find("Gr"), std::string::npos);
}

TEST(ParseMail, WhatIsReadIsCleanTextAlways) {
    for (const char* name :
         {"wrong_charset.eml", "utf8_said_latin_meant.eml", "missing_boundary.eml", "nul.eml",
          "boundary_never_ends.eml", "huge_header.eml", "bad_base64.eml", "path_in_name.eml",
          "injected_header.eml"}) {
        const IncomingMail mail = Read(name);
        std::string lines = mail.message_id + mail.from_address + mail.from_name + mail.subject;
        for (const auto& id : mail.references) lines += id;
        for (const Upload& file : mail.attachments) lines += file.name;
        EXPECT_TRUE(IsUtf8(lines) && IsUtf8(mail.text)) << name;
        for (const unsigned char c : lines) EXPECT_GE(c, 0x20) << name;
        for (const unsigned char c : mail.text)
            EXPECT_TRUE(c >= 0x20 || c == '\n' || c == '\t') << name;
    }
}

TEST(ParseMail, WithoutItsBoundaryItIsStillSomebodys) {
    EXPECT_EQ(Read("missing_boundary.eml").from_address, "ann@x.example");
    EXPECT_EQ(Read("boundary_never_ends.eml").text, "words\n");
    EXPECT_EQ(Read("bad_base64.eml").attachments.size(), 1U);
    EXPECT_GT(Read("huge_header.eml").subject.size(), 100'000U);
}

TEST(ParseMail, ALineBreakInAHeaderMakesNoOther) {
    const IncomingMail mail = Read("injected_header.eml");
    EXPECT_EQ(mail.subject, "Rain Bcc: all@x.example");
    EXPECT_EQ(mail.recipients.size(), 1U);
}

TEST(ParseMail, ReadsWhatProgramsSay) {
    const IncomingMail mail = Read("bounce.eml");
    EXPECT_EQ(mail.return_path, "");
    EXPECT_EQ(mail.auto_submitted, "auto-replied");
    EXPECT_EQ(mail.precedence, "bulk");
    EXPECT_EQ(mail.list_id, "All <all.x.example>");
    EXPECT_EQ(mail.auto_response_suppress, "OOF");
}

TEST(ParseMail, OfNobodyOrOfSeveralItIsNone) {
    for (const char* name : {"nobody.eml", "two_authors.eml", "group.eml"})
        EXPECT_FALSE(ParseMail(Bytes(name)).has_value()) << name;
    EXPECT_FALSE(ParseMail("").has_value());
    EXPECT_FALSE(ParseMail(std::string(1000, '\0')).has_value());
}

TEST(ParseMail, TakesNoMorePartsThanAPersonSends) {
    std::string deep = HeadThen("");
    for (int i = 0; i < 100'000; ++i) {
        const std::string n = std::to_string(i);
        deep += "Content-Type: multipart/mixed; boundary=b" + n + "\r\n\r\n--b" + n + "\r\n";
    }
    EXPECT_FALSE(ParseMail(deep).has_value());
    std::string inner = HeadThen("");
    for (int i = 0; i < 100'000; ++i) inner += "CONTENT-type: message/rfc822\r\n\r\n";
    EXPECT_FALSE(ParseMail(inner).has_value());
    std::string wide = HeadThen("Content-Type: multipart/mixed; boundary=x\r\n\r\n");
    for (int i = 0; i < 150; ++i) wide += "--x\r\nContent-Type: image/png\r\n\r\ny\r\n";
    const auto mail = ParseMail(wide + "--x--");
    ASSERT_TRUE(mail.has_value());
    EXPECT_EQ(mail->attachments.size(), MailLimits{}.attachments);
}

TEST(ParseMail, ReadsNoMoreWordsThanAllowed) {
    MailLimits limits;
    limits.text = 10;
    limits.recipients = 2;
    const auto mail = ParseMail(
        HeadThen("To: a@x.example, b@x.example, c@x.example\r\n\r\n") + std::string(1000, 'x'),
        limits);
    ASSERT_TRUE(mail.has_value());
    EXPECT_EQ(mail->text, std::string(10, 'x'));
    EXPECT_EQ(mail->recipients.size(), 2U);
}

}  // namespace
}  // namespace livery::service_desk
