#include "pdf/wire.h"

#include <gtest/gtest.h>

#include "pdf/testing/samples.h"

namespace livery::pdf {
namespace {

Document Full() {
    Document document = ArabicSample(3);
    document.opening = {{"heading", "text"}};
    document.tables.front().rows.front().kind = Document::RowKind::kTotal;
    document.attachments = {{"a.xml", "text/xml", "all", Document::Relationship::kSupplement,
                             std::string("\0\xff", 2)}};
    document.archival = true;
    document.xmp_extension = "<a/>";
    return document;
}

TEST(Wire, BringsBackEveryMember) {
    const std::string bytes = EncodeDocument(Full());
    const auto document = DecodeDocument(bytes);
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ(document->attachments.front().bytes, std::string("\0\xff", 2));
    EXPECT_EQ(document->tables.front().rows.front().kind, Document::RowKind::kTotal);
    EXPECT_EQ(document->created, Full().created);
    EXPECT_EQ(EncodeDocument(*document), bytes);
}

TEST(Wire, ReadsNothingFromACutOrLongerText) {
    const std::string bytes = EncodeDocument(Full());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        ASSERT_FALSE(DecodeDocument(std::string_view(bytes).substr(0, size))) << size;
    EXPECT_FALSE(DecodeDocument(bytes + "x"));
}

TEST(Wire, AsksForNoMemoryThatALieAsksFor) {
    std::string bytes = EncodeDocument(Full());
    for (std::size_t at = 0; at + 4 <= bytes.size(); ++at) {
        std::string lie = bytes;
        lie.replace(at, 4, "\xff\xff\xff\xff");
        DecodeDocument(lie);
    }
}

TEST(Wire, BringsBackPdfAndErrorAlike) {
    const auto pdf = DecodeAnswer(EncodeAnswer(std::string("%PDF")));
    ASSERT_TRUE(pdf.has_value());
    EXPECT_EQ(pdf->value(), "%PDF");
    const auto refused = DecodeAnswer(EncodeAnswer(InvalidField("brand.logo_svg", "svg")));
    ASSERT_TRUE(refused.has_value());
    EXPECT_EQ(refused->error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(refused->error().fields.front(), (FieldError{"brand.logo_svg", "svg"}));
    EXPECT_FALSE(DecodeAnswer("x"));
}

}  // namespace
}  // namespace livery::pdf
