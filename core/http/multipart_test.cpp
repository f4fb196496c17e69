#include "http/multipart.h"

#include <gtest/gtest.h>

namespace livery::http {
namespace {

constexpr std::string_view kType = "multipart/form-data; boundary=BB";

std::string Part(std::string_view disposition, std::string_view content) {
    return "--BB\r\nContent-Disposition: form-data; " + std::string(disposition) + "\r\n\r\n" +
           std::string(content) + "\r\n";
}

bool Refuses(const std::string& body, std::string_view type = kType) {
    return !DecodeMultipart(type, body, Limits{});
}

TEST(Multipart, ReadsFieldsAndFilesInOrder) {
    const std::string bytes("\x00\xff\r\n--BBx\r\n", 11);
    const std::string body = Part("name=\"a\"", "1") + Part("name=a", "") +
                             "--BB\r\ncontent-disposition: form-data; name=\"f\"; "
                             "filename=\"C:\\dir\\scan \\\"1\\\".png\"\r\n"
                             "Content-Type: image/png\r\n\r\n" +
                             bytes + "\r\n--BB--\r\n";
    const auto form = DecodeMultipart(kType, body, Limits{});
    ASSERT_TRUE(form) << form.error().reason;
    EXPECT_EQ(form->fields.All("a"), (std::vector<std::string_view>{"1", ""}));
    ASSERT_EQ(form->files.size(), 1U);
    EXPECT_EQ(form->files[0].field, "f");
    EXPECT_EQ(form->files[0].name, "scan \"1\".png");
    EXPECT_EQ(form->files[0].content_type, "image/png");
    EXPECT_EQ(form->files[0].content, bytes);
}

TEST(Multipart, RefusesADispositionThatTwoReadersCouldTakeForAFieldAndForAFile) {
    EXPECT_TRUE(Refuses(Part("name=f; filename=\"a\"; filename=\"b\"", "x") + "--BB--"));
    EXPECT_TRUE(Refuses(Part("name=f; odd; filename=\"a\"", "x") + "--BB--"));
    EXPECT_FALSE(Refuses(Part("name=f; filename=\"a\"", "x") + "--BB--"));
}

// Would take minutes, not milliseconds, if every delimiter looked at all that follows it.
TEST(Multipart, ABodyOfNearDelimitersCostsOneWalk) {
    std::string body = "--BB\r\nContent-Disposition: form-data; name=a\r\n\r\n";
    while (body.size() < 600'000) body += "\r\n--BBx";
    body += std::string(400'000, ' ');
    EXPECT_TRUE(Refuses(body + "x"));
    EXPECT_TRUE(Refuses(body));
}

TEST(Multipart, CutsFileNamesToTheBaseName) {
    for (const char* path : {"/etc/passwd", "..\\..\\passwd", "a/b\\passwd"}) {
        const std::string body =
            Part("name=f; filename=\"" + std::string(path) + "\"", "x") + "--BB--";
        EXPECT_EQ(DecodeMultipart(kType, body, Limits{})->files.at(0).name, "passwd") << path;
    }
    const std::string dots = Part("name=f; filename=\"..\"", "x") + "--BB--";
    EXPECT_EQ(DecodeMultipart(kType, dots, Limits{})->files.at(0).name, "");
}

TEST(Multipart, TakesAnEmptyFileInputForNoFile) {
    const auto form =
        DecodeMultipart(kType, Part("name=f; filename=\"\"", "") + "--BB--\r\n", Limits{});
    ASSERT_TRUE(form);
    EXPECT_TRUE(form->files.empty());
    EXPECT_TRUE(form->fields.empty());
}

TEST(Multipart, RefusesAMissingFinalBoundary) {
    EXPECT_TRUE(Refuses(Part("name=a", "1")));
    EXPECT_TRUE(Refuses(Part("name=a", "1") + "--BB"));
    EXPECT_FALSE(Refuses(Part("name=a", "1") + "--BB--"));
}

TEST(Multipart, RefusesMalformedBodies) {
    EXPECT_TRUE(Refuses(""));
    EXPECT_TRUE(Refuses("preamble\r\n" + Part("name=a", "1") + "--BB--"));
    EXPECT_TRUE(Refuses(Part("nam=a", "1") + "--BB--"));
    EXPECT_TRUE(Refuses("--BB\r\nX: y\r\n\r\n1\r\n--BB--"));
    EXPECT_TRUE(Refuses("--BB\r\n\r\n1\r\n--BB--"));
    EXPECT_TRUE(Refuses(Part("name=a; name=b", "1") + "--BB--"));
    EXPECT_TRUE(Refuses(Part("name=\"a", "1") + "--BB--"));
    EXPECT_TRUE(Refuses(Part("name=a", "\xff") + "--BB--"));
    EXPECT_TRUE(Refuses(Part("name=" + std::string(300, 'a'), "1") + "--BB--"));
    EXPECT_TRUE(Refuses(Part("name=a; x=" + std::string(5000, 'a'), "1") + "--BB--"));
}

TEST(Multipart, RefusesABadBoundary) {
    const std::string body = Part("name=a", "1") + "--BB--";
    EXPECT_TRUE(Refuses(body, "multipart/form-data"));
    EXPECT_TRUE(Refuses(body, "multipart/form-data; boundary="));
    EXPECT_TRUE(Refuses(body, "multipart/form-data; boundary=BB; boundary=CC"));
    EXPECT_TRUE(Refuses(body, "multipart/form-data; boundary=\"B\xc3\""));
    EXPECT_FALSE(Refuses(body, "multipart/form-data; charset=utf-8; Boundary=\"BB\""));
}

TEST(Multipart, KeepsItsLimits) {
    Limits limits;
    limits.files = 1;
    limits.fields = 1;
    const std::string file = Part("name=f; filename=x", "x");
    EXPECT_TRUE(DecodeMultipart(kType, file + "--BB--", limits));
    EXPECT_FALSE(DecodeMultipart(kType, file + file + "--BB--", limits));
    const std::string field = Part("name=f", "x");
    EXPECT_FALSE(DecodeMultipart(kType, field + field + "--BB--", limits));
}

}  // namespace
}  // namespace livery::http
