#include "textflag.h"

// func marksAVX2(marks []uint64, data []byte, separator byte) (odd bool)
// Each word of marks is that of 64 bytes of data: a bit for every byte that is the separator, a
// line feed or a quotation mark. Y11 gathers the highest bits of all bytes, Y12 has the least one
// of each lane.
TEXT ·marksAVX2(SB), NOSPLIT, $0-57
	MOVQ marks_base+0(FP), DI
	MOVQ marks_len+8(FP), CX
	MOVQ data_base+24(FP), SI
	MOVBLZX separator+48(FP), AX
	MOVQ AX, X0
	VPBROADCASTB X0, Y0
	MOVL $10, AX
	MOVQ AX, X1
	VPBROADCASTB X1, Y1
	MOVL $34, AX
	MOVQ AX, X2
	VPBROADCASTB X2, Y2
	VPXOR Y11, Y11, Y11
	VPCMPEQB Y12, Y12, Y12

next:
	TESTQ CX, CX
	JZ done
	VMOVDQU (SI), Y3
	VMOVDQU 32(SI), Y4
	VPOR Y3, Y11, Y11
	VPOR Y4, Y11, Y11
	VPMINUB Y3, Y12, Y12
	VPMINUB Y4, Y12, Y12
	VPCMPEQB Y0, Y3, Y5
	VPCMPEQB Y1, Y3, Y6
	VPCMPEQB Y2, Y3, Y7
	VPOR Y5, Y6, Y6
	VPOR Y6, Y7, Y7
	VPCMPEQB Y0, Y4, Y8
	VPCMPEQB Y1, Y4, Y9
	VPCMPEQB Y2, Y4, Y10
	VPOR Y8, Y9, Y9
	VPOR Y9, Y10, Y10
	VPMOVMSKB Y7, AX
	VPMOVMSKB Y10, BX
	SHLQ $32, BX
	ORQ BX, AX
	MOVQ AX, (DI)
	ADDQ $8, DI
	ADDQ $64, SI
	DECQ CX
	JMP next

done:
	VPXOR Y5, Y5, Y5
	VPCMPEQB Y5, Y12, Y12
	VPOR Y11, Y12, Y12
	VPMOVMSKB Y12, AX
	TESTL AX, AX
	SETNE odd+56(FP)
	VZEROUPPER
	RET
